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

/**
 * @param folder in which this process was started
 * @param parentPid the process that started it
 */
export function toolCallers(
  { environment, privacy }: Workspace,
  folder: string,
  parentPid: number,
): Callers {
  const projects = new Projects(privacy, environment.home);
  const folders = PLATFORMS.flatMap(({ toolClient: { folderVariable } }) =>
    folderVariable === undefined ? [] : environment.get(folderVariable)?.split(",") ?? []
  ).filter((path) => path !== "");
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
    projects: (folders.length > 0 ? folders : [folder]).map((path) => projects.of(path).hash),
    projectOf: (path) => projects.of(path).hash,
  };
}
