/**
 * Which server of tools a tool belongs to, both by their hash.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** The server of each tool that has one. */
export function readToolServers(db: Database): ReadonlyMap<string, string> {
  const rows = prepareArrays(
    db,
    `select t.text, s.text from mcp_tools m join words t on t.id = m.tool
     join words s on s.id = m.server`,
  ).all() as unknown as [string, string][];
  return new Map(rows);
}
