/**
 * The service of this machine: what its file holds, and what stands there now.
 *
 * @module
 */

import { folderVariables, type Workspace } from "../workspace.ts";
import {
  launchdAgent,
  MARK,
  scheduledTask,
  type ServiceFile,
  systemdUnit,
} from "./service_file.ts";
import { ifThere } from "../../core/if_there.ts";

/** What is written on this machine. @param words the program, and what it is told */
export function ownService(workspace: Workspace, words: readonly string[]): ServiceFile {
  const { io, environment } = workspace;
  const call = { words, variables: setVariables(workspace) };
  if (Deno.build.os === "darwin") return launchdAgent(environment.home, Deno.uid()!, call);
  if (Deno.build.os === "windows") {
    return scheduledTask(workspace.home.path, io.env("USERNAME") ?? "", call);
  }
  return systemdUnit(io.env("XDG_CONFIG_HOME") || `${environment.home}/.config`, call);
}

/** The variables that are set among those that name the folders of assistants. */
function setVariables({ io, environment }: Workspace): Record<string, string> {
  const named = folderVariables(environment).map((name) => [name, io.env(name)]);
  return Object.fromEntries(named.filter(([, value]) => value));
}

/**
 * The file of a service as it is, if it is ours; undefined where there is none.
 *
 * @throws {Error} when it is someone else's
 */
export function readOwn(path: string, purpose: string): string | undefined {
  const text = ifThere(() => Deno.readTextFileSync(path));
  if (text === undefined || text.includes(MARK)) return text;
  throw new Error(
    `Cannot ${purpose} the service: a file of its name is there that blueplane did not write`,
  );
}
