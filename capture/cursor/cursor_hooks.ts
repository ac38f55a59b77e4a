/**
 * Cursor's side of hooks: its settings file, and how what it tells is read.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import type { HookSettings } from "../hook_settings.ts";
import { isFolder } from "../is_folder.ts";
import type { Environment, HookContext } from "../platform.ts";
import { Projects } from "../project.ts";
import { hookFolders, parseCursorHook } from "./hook_payload.ts";
import type { ToolClient } from "../tool_client.ts";
import { hookLists, HOOKS_FRAME, isOwnHook, programOfHook } from "./hook_set.ts";
import { parentConversation } from "./subagent_parent.ts";

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

/** The events of what a hook was given. */
export function readCursorHook(
  payload: unknown,
  receivedAt: number,
  { environment, privacy, gate }: HookContext,
): readonly TelemetryEvent[] {
  if (hookFolders(payload).some((folder) => gate.excludes(folder))) return [];
  return parseCursorHook(payload, receivedAt, {
    privacy,
    projects: new Projects(privacy, environment.home),
    parentOf: (conversation) => parentConversation(ownFolder(environment), conversation),
  });
}

/** Where Cursor keeps what is neither settings of its editor nor a database. */
function ownFolder({ home }: Environment): string {
  return `${home}/.cursor`;
}
