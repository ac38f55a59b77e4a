/**
 * The assistant of which examples speak: what shows them need not know how any is read.
 *
 * @module
 */

import { ALIASES } from "./claude_code/names.ts";

/** Its name as a user would write it. */
export const EXAMPLE_PLATFORM: string = ALIASES.at(-1)!;
