/**
 * Cursor's side of hooks: its settings file, and the mark of what it tells.
 *
 * @module
 */

import type { HookSettings } from "../hook_settings.ts";
import { isFolder } from "../is_folder.ts";
import { objectOf, textOf } from "../json_access.ts";
import type { ToolClient } from "../tool_client.ts";
import { hookLists, HOOKS_FRAME, isOwnHook, programOfHook } from "./hook_set.ts";
import { ownFolder } from "./locate.ts";

/** How Cursor is made to call us. */
export const cursorHooks: HookSettings = {
  files: (environment) => {
    const folder = ownFolder(environment);
    return isFolder(folder) ? [`${folder}/hooks.json`] : [];
  },
  frame: HOOKS_FRAME,
  gain: "what it does is seen at the next look at its database",
  // One set fits all: a name that a version does not know, it does not call.
  programVersion: () => Promise.resolve(undefined),
  seenVersions: () => [],
  lowest: () => undefined,
  lists: hookLists,
  isOwn: isOwnHook,
  programOf: programOfHook,
};

/** How it starts servers of tools: it tells them the folder, and no session. */
export const cursorToolClient: ToolClient = {
  names: ["cursor-vscode", "cursor-agent"],
  folderVariable: "WORKSPACE_FOLDER_PATHS",
  files: (environment) => {
    const folder = ownFolder(environment);
    return isFolder(folder) ? [`${folder}/mcp.json`] : [];
  },
  entry: ([command, ...args]) => ({ command, args }),
};

/** Whether a payload is Cursor's, whosever hook was called. */
export function isCursorHook(payload: unknown): boolean {
  const { cursor_version, conversation_id } = objectOf(payload);
  return textOf(cursor_version) !== undefined || textOf(conversation_id) !== undefined;
}
