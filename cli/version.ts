/**
 * The version of this program.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };

/** As in deno.json. */
export const VERSION: string = project.version;
