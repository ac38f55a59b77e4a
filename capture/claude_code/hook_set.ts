/**
 * The hooks that a version of Claude Code takes. Measured, not documented: up to 2.1.100 one
 * name of an event that the client does not know, or before 2.1.63 the type `http`, switches off
 * the user's whole settings file. So nothing is written that the version may not know.
 *
 * @module
 */

import { hookCommand, programIn } from "../hook_command.ts";
import type { HookLists, HookTarget } from "../hook_settings.ts";
import { isAtLeast } from "./client_version.ts";
import { type Json, objectOf, textOf } from "../json_access.ts";

/** Each event with the first version that is known to take it. */
const SINCE: Readonly<Record<string, string>> = {
  SessionStart: "1.0.128",
  SessionEnd: "1.0.128",
  UserPromptSubmit: "1.0.128",
  PostToolUse: "1.0.128",
  SubagentStop: "1.0.128",
  PreCompact: "1.0.128",
  Stop: "1.0.128",
  PostToolUseFailure: "2.0.77",
  PermissionRequest: "2.0.77",
  // From here on an unknown name does no harm.
  PermissionDenied: "2.1.101",
};
const HTTP_SINCE = "2.1.63";
/** No version calls an http hook for it. */
const NEVER_HTTP = "SessionStart";
const UNKNOWN_VERSION = "1.0.128";
const TIMEOUT_SECONDS = 1;
const NAME = "claude-code";
const OWN_URL = /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+\/hooks\/claude_code$/;
const CLIENT_HEADER = "Blueplane-Client";

/** One list for each event that the version takes; none at all for one that was never measured. */
export function hookLists(version = UNKNOWN_VERSION, { program, origin }: HookTarget): HookLists {
  const url = isAtLeast(version, HTTP_SINCE) && origin && `${origin}/hooks/claude_code`;
  const names = Object.keys(SINCE).filter((name) => isAtLeast(version, SINCE[name]!));
  return Object.fromEntries(names.map((name) => {
    const hook = url && name !== NEVER_HTTP
      ? { type: "http", url, headers: { [CLIENT_HEADER]: "hook" }, timeout: TIMEOUT_SECONDS }
      : { type: "command", command: hookCommand(program, NAME), timeout: TIMEOUT_SECONDS };
    return [name, [{ hooks: [hook] }]];
  }));
}

/** Whether a hook of a settings file is one of ours, of whichever version. */
export function isOwnHook(value: unknown): boolean {
  const { url, headers } = objectOf(value) as Json;
  if (programOfHook(value) !== undefined) return true;
  return OWN_URL.test(textOf(url) ?? "") && CLIENT_HEADER in objectOf(headers);
}

/** The program, with its options, that a hook of ours calls. */
export function programOfHook(value: unknown): string | undefined {
  return programIn(objectOf(value).command, NAME);
}
