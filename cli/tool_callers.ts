/**
 * What is known of the assistant that started this process as its server of tools.
 *
 * @module
 */

import { Projects } from "../capture/project.ts";
import { PLATFORMS } from "../capture/registry.ts";
import { isOpaqueId } from "../core/privacy.ts";
import type { Callers } from "../mcp/own_session.ts";
import type { Workspace } from "./workspace.ts";

/** The folders that the assistant has open; `folder` is that in which this process was started. */
export function callerFolders({ environment }: Workspace, folder: string): readonly string[] {
  const folders = PLATFORMS.flatMap(({ toolClient: { folderVariable } }) =>
    folderVariable === undefined ? [] : environment.get(folderVariable)?.split(",") ?? []
  ).filter((path) => path !== "");
  return folders.length > 0 ? folders : [folder];
}

/**
 * @param folder in which this process was started
 * @param parentPid the process that started it
 */
export function toolCallers(workspace: Workspace, folder: string, parentPid: number): Callers {
  const { environment, privacy } = workspace;
  const projects = new Projects(privacy, environment.home);
  return {
    clients: new Map(
      PLATFORMS.flatMap(({ id, toolClient: { names } }) => names.map((name) => [name, id])),
    ),
    callIds: PLATFORMS.flatMap(({ toolClient: { callId } }) => callId ?? []),
    named: PLATFORMS.flatMap(({ id, toolClient: { sessionVariable } }) => {
      const sessionId = sessionVariable && environment.get(sessionVariable);
      return sessionId && isOpaqueId(sessionId) ? [{ platform: id, sessionId }] : [];
    })[0],
    running: () =>
      PLATFORMS.flatMap(({ id, toolClient }) => {
        const sessionId = toolClient.sessionOfProcess?.(environment, parentPid);
        return sessionId === undefined ? [] : [{ platform: id, sessionId }];
      })[0],
    projects: callerFolders(workspace, folder).map((path) => projects.of(path).hash),
    projectOf: (path) => projects.of(path).hash,
  };
}
