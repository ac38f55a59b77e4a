/**
 * The hooks that Cursor is asked to call: those behind a deed, whose answer it does not wait for
 * in order to go on. Left out are all `before…` hooks and `preToolUse`, which can hold the user
 * up when they fail, also `beforeSubmitPrompt`: the database tells of prompts. Left out is
 * `afterTabFileEdit` too: a process for each accepted completion, to tell what Cursor counts by
 * itself.
 *
 * @module
 */

import { hookCommand, programIn } from "../hook_command.ts";
import type { HookLists, HookTarget, SettingsFrame } from "../hook_settings.ts";
import { objectOf } from "../json_access.ts";

/** Names that Cursor does not know yet it passes over. */
const EVENTS = [
  "sessionStart",
  "sessionEnd",
  "postToolUse",
  "postToolUseFailure",
  "afterFileEdit",
  "afterShellExecution",
  "afterMCPExecution",
  "afterAgentThought",
  "afterAgentResponse",
  "subagentStop",
  "preCompact",
  "stop",
] as const;
const NAME = "cursor";
/** A shell starts first, on Windows a slow one. */
const TIMEOUT_SECONDS = 2;

/** Without this number Cursor rejects the whole file. */
export const HOOKS_FRAME: SettingsFrame = { version: 1 };

/** One entry for each event; Cursor runs commands and posts nothing. */
export function hookLists(_version: string | undefined, { program }: HookTarget): HookLists {
  const entry = { command: hookCommand(program, NAME), timeout: TIMEOUT_SECONDS };
  return Object.fromEntries(EVENTS.map((event) => [event, [entry]]));
}

/** Whether an entry of a list is ours. */
export function isOwnHook(value: unknown): boolean {
  return programOfHook(value) !== undefined;
}

/** The program, with its options, that an entry of ours calls. */
export function programOfHook(value: unknown): string | undefined {
  return programIn(objectOf(value).command, NAME);
}
