/**
 * Servers of tools that the client's settings switch on for all projects. Their names alone are
 * looked at, for this machine's user, and stored nowhere.
 *
 * @module
 */

import type { Privacy } from "../../core/privacy.ts";
import type { Root } from "../platform.ts";
import { objectOf } from "../json_access.ts";

const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** Names of servers by their hash; none where there are no settings to be read. */
export function readToolServers(
  home: string,
  roots: readonly Root[],
  privacy: Privacy,
): ReadonlyMap<string, string> {
  const named = roots.filter((root) => root.named).map(({ path }) => `${path}/.claude.json`);
  const files = named.length > 0 ? named : [`${home}/.claude.json`];
  return new Map(
    files.flatMap(readNames).flatMap((name) => {
      // As the client writes it into the names of tools.
      const hash = privacy.mcpServer(`mcp__${name.replace(/[^A-Za-z0-9_-]/g, "_")}__`);
      return hash === undefined ? [] : [[hash, name] as const];
    }),
  );
}

function readNames(path: string): string[] {
  try {
    if (Deno.statSync(path).size > FILE_BYTES_MAX) return [];
    return Object.keys(objectOf(objectOf(JSON.parse(Deno.readTextFileSync(path))).mcpServers));
  } catch (error) {
    // None, no JSON, or closed to us: nothing is known of servers then.
    if (!(error instanceof Error)) throw error;
    return [];
  }
}
