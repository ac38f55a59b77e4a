/**
 * Names of MCP tools, made when something is shown to this machine's user: those that transcripts
 * on disk tell of, by their hash. They are stored nowhere.
 *
 * @module
 */

import { ifThere } from "../../core/if_there.ts";
import type { Privacy } from "../../core/privacy.ts";
import { listTranscripts } from "./locate.ts";

/** So much is looked through at most, the newest transcripts first. */
const BYTES_MAX = 64 * 1024 * 1024;
const NAME = /"(mcp__[\w-]{1,200}?__[\w.-]{1,200})"/g;

/** Those of the wanted tools that are found, as `server/tool`. */
export function readToolNames(
  folders: readonly string[],
  privacy: Privacy,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>(), seen = new Set<string>();
  const paths = folders.flatMap(listTranscripts);
  let left = BYTES_MAX;
  for (const { path } of paths.flatMap(dated).toSorted((a, b) => b.at - a.at)) {
    if (found.size === wanted.size || left <= 0) break;
    const text = readText(path, left);
    left -= text.length;
    for (const [, name] of text.matchAll(NAME)) {
      if (seen.has(name!)) continue;
      seen.add(name!);
      const hash = privacy.tool(name!);
      if (wanted.has(hash)) found.set(hash, shownName(name!));
    }
  }
  return found;
}

function shownName(name: string): string {
  return name.replace(/^mcp__(.+?)__/, "$1/");
}

function dated(path: string): { readonly path: string; readonly at: number }[] {
  return ifThere(() => [{ path, at: Deno.statSync(path).mtime?.getTime() ?? 0 }]) ?? [];
}

function readText(path: string, bytesMax: number): string {
  try {
    using file = Deno.openSync(path, { read: true });
    const bytes = new Uint8Array(Math.min(bytesMax, file.statSync().size));
    return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch (error) {
    // A transcript may vanish or be closed to us; its tools then have no names.
    if (error instanceof Deno.errors.NotFound) return "";
    if (error instanceof Deno.errors.PermissionDenied) return "";
    throw error;
  }
}
