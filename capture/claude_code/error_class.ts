/**
 * Why a tool call failed, as a class of a closed catalogue. Fixed words at fixed places of the
 * client's own messages tell; the message itself is dropped.
 *
 * @module
 */

import { literal, type SafeText } from "../../core/privacy.ts";

/** The classes, the most telling first: the first that fits is the one. */
const CLASSES: readonly (readonly [RegExp, SafeText])[] = [
  [/^File has not been read yet/, literal("file_not_read")],
  [/^File has been (unexpectedly )?modified/, literal("file_modified")],
  [/^(File does not exist|Path does not exist|Directory does not exist)/, literal("not_found")],
  [/^String to replace not found/, literal("text_not_found")],
  [/^Found \d+ matches of the string to replace/, literal("text_ambiguous")],
  [/^No changes to make/, literal("no_change")],
  [/^(File content|Output) \(.{1,40}\) exceeds maximum/, literal("too_large")],
  [/^InputValidationError/, literal("invalid_input")],
  [/^(Unknown skill|Unknown slash command)/, literal("unknown_skill")],
  [/^Agent type '[^']{0,80}' not found/, literal("unknown_agent")],
  [/^(Error: )?No such tool available/, literal("unknown_tool")],
  [/^No task found/, literal("not_found")],
  [/^Cell (with ID|index)/, literal("notebook_cell")],
  [/^Command timed out|^Exit code 124\b/, literal("timeout")],
  [/^(Request failed with status code|MCP error|getaddrinfo|connect E)/, literal("network")],
  [/\b(command not found|Command not found)\b/, literal("command_not_found")],
  [/\b(EADDRINUSE|address already in use)\b/i, literal("port_in_use")],
  [/\b(EACCES|EPERM|Permission denied|Operation not permitted)\b/, literal("os_permission")],
  [/\b(ENOENT|No such file or directory)\b/, literal("not_found")],
  [/\b(SyntaxError|syntax error|parse error)\b/, literal("syntax")],
  [/\b(timed out|ETIMEDOUT|TimeoutError)\b/i, literal("timeout")],
  [/\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN)\b/, literal("network")],
  [/^Exit code \d/, literal("exit_code")],
];

/** The names of the classes. */
export const ERROR_CLASSES: readonly string[] = CLASSES.map(([, name]) => name);

/** Where an error says what it is; what a program printed goes on much longer. */
const CHARACTERS_MAX = 400;
const WRAPPED = /^(?:<tool_use_error>|Error: )+/;

/** The class of a failed call by the text of its result; `other` when nothing tells. */
export function errorClass(text: string): SafeText {
  const start = text.trimStart().slice(0, CHARACTERS_MAX).replace(WRAPPED, "");
  return CLASSES.find(([pattern]) => pattern.test(start))?.[1] ?? literal("other");
}
