/**
 * Why a tool call failed, as a class of a closed catalogue: words of the client and of the system
 * tell, and are dropped.
 *
 * @module
 */

import { literal, OTHER, type SafeText } from "../../core/privacy.ts";

const CLASSES: readonly (readonly [RegExp, SafeText])[] = [
  [/\b(timed out|timeout|ETIMEDOUT)\b/i, literal("timeout")],
  [/\b(EACCES|EPERM|permission denied)\b/i, literal("os_permission")],
  [/\b(ENOENT|not found|does not exist|no such file)\b/i, literal("not_found")],
  [/\b(multiple|more than one) (matches|occurrences)\b/i, literal("text_ambiguous")],
  [/\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|network)\b/i, literal("network")],
  [/\b(invalid|missing) (arguments?|parameters?|input)\b/i, literal("invalid_input")],
];

/** The names of the classes. */
export const ERROR_CLASSES: readonly string[] = CLASSES.map(([, name]) => name);
/** Where an error says what it is. */
const CHARACTERS_MAX = 400;

/** The class by an error's text; `other` where nothing tells. */
export function errorClass(text: string): SafeText {
  const start = text.slice(0, CHARACTERS_MAX);
  return CLASSES.find(([pattern]) => pattern.test(start))?.[1] ?? OTHER;
}
