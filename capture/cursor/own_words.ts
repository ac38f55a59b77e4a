/**
 * All words of Cursor that may stand in an event as they are.
 *
 * @module
 */

import { AGENTS } from "./agent_call.ts";
import { ERROR_CLASSES } from "./error_class.ts";
import { HOOK_NAMES, MODES } from "./hook_payload.ts";

/** The program's own, whoever says them. */
export const OWN_WORDS: ReadonlySet<string> = new Set([
  ...AGENTS,
  ...ERROR_CLASSES,
  ...HOOK_NAMES,
  ...MODES,
]);
