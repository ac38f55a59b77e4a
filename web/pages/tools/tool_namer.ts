/**
 * How tools are called on this machine's screen: those of servers are kept by their hash, and are
 * shown with the name of their server.
 *
 * @module
 */

import { readToolServers } from "../../../core/reports/tool_servers.ts";
import type { PageRequest } from "../../page.ts";

/** Says what a tool is called. */
export type ToolNamer = (tool: string) => string;

/** Makes one; a server that is not known here stays a hash. */
export function toolNamer({ context }: Pick<PageRequest, "context">): ToolNamer {
  const servers = readToolServers(context.db);
  const names = new Map([...context.toolServers().values()].flatMap((of) => [...of]));
  return (tool) => {
    const server = servers.get(tool), name = server && names.get(server);
    return name === undefined ? tool : `${name} ${tool}`;
  };
}
