/**
 * How tools are called on this machine's screen: those of servers are kept by their hash, and are
 * shown as `server/tool`, or with the name of their server, as far as this machine tells them.
 *
 * @module
 */

import { readToolServers } from "../core/reports/tool_servers.ts";
import type { PageRequest } from "./page.ts";

/** Says what a tool is called, or a text with the names of the tools in it. */
export type ToolNamer = (text: string) => string;

const HASHES = /mcp:[0-9a-f]{8}/g;

/** Makes one; what is not known here stays a hash. */
export function toolNamer({ context }: Pick<PageRequest, "context">): ToolNamer {
  const servers = readToolServers(context.db);
  const ofServers = new Map([...context.toolServers().values()].flatMap((of) => [...of]));
  const names = context.toolNames(new Set(servers.keys()));
  const nameOf = (tool: string) => {
    const server = servers.get(tool), name = server && ofServers.get(server);
    return names.get(tool) ?? (name === undefined ? tool : `${name} ${tool}`);
  };
  return (text) => text.replace(HASHES, nameOf);
}
