/**
 * Draws the same examples of every property in each run: CI preloads this, as what it finds must
 * be about a change. Runs elsewhere draw anew and go on looking; `deno task soak` draws the most.
 *
 * @module
 */

import fc from "fast-check";

fc.configureGlobal({ seed: 20_261_127 });
