/**
 * Servers of tools that are switched on and were called in no session.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { WideKind } from "../insight_rule.ts";

/** One that is for seldom tasks may be unused for a while. */
const SESSIONS_MIN = 30;

/** By server, of those that this machine's settings name for all projects. */
export const unusedServers: WideKind = {
  name: "context.unused_servers",
  type: "context",
  counts: "sessions_without",
  of: "sessions",
  levels: { medium: 100, high: 1000 },
  scope: "all",
  title: ({ member, n }) =>
    `The MCP server ${member} was called in none of ${formatCount(n)} sessions`,
  suggestion:
    "Switch it off where it is not needed: the descriptions of its tools stand in every " +
    "context",
  find(sessions, servers) {
    const session = sessions.at(-1);
    if (!session || servers.length === 0 || sessions.length < SESSIONS_MIN) return [];
    const used = new Set(sessions.flatMap((session) => [...session.servers]));
    // A tool of a server that is not known may be of any.
    if (used.has(null)) return [];
    const n = sessions.length, at = sessions[0]!.startedAt;
    return servers.filter((server) => !used.has(server)).map((member) => ({
      session,
      member,
      at,
      untilAt: session.endedAt,
      count: n,
      n,
    }));
  },
};
