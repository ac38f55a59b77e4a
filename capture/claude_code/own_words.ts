/**
 * All words of Claude Code that may stand in an event as they are.
 *
 * @module
 */

import { CALL_FORMS } from "./call_form.ts";
import { AGENTS, COMMANDS, EFFORTS, PERMISSION_MODES, SKILLS } from "./closed_lists.ts";
import { ERROR_CLASSES } from "./error_class.ts";
import { HOOK_NAMES } from "./hook_payload.ts";

/** The program's own, whoever says them. */
export const OWN_WORDS: ReadonlySet<string> = new Set([
  ...PERMISSION_MODES,
  ...COMMANDS,
  ...AGENTS,
  ...SKILLS,
  ...EFFORTS,
  ...ERROR_CLASSES,
  ...HOOK_NAMES,
  ...CALL_FORMS,
]);
