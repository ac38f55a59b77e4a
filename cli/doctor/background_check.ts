/**
 * Examines what runs in the background: how much memory the server takes, and where its log is.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { formatBytes } from "../../core/format.ts";
import { ifThere } from "../../core/if_there.ts";
import { findServer } from "../server_file.ts";
import type { Workspace } from "../workspace.ts";

/** It takes less than half of that under load. */
const MEMORY_BYTES_MAX = 500 * 1024 * 1024;
const KIB = 1024;

/** What is to be said; nothing where nothing ever ran in the background. */
export async function checkBackground({ home }: Workspace): Promise<Finding[]> {
  const server = await findServer(home);
  return [
    ...(server ? memoryFinding(residentBytes(server.pid)) : []),
    ...logFinding(home.log),
  ];
}

/** How much memory a process takes; undefined where the system does not tell in a file. */
export function residentBytes(pid: number): number | undefined {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`)) ??
      [];
    return kib === undefined ? undefined : Number(kib) * KIB;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

/** What is to be said of so much. */
export function memoryFinding(bytes: number | undefined): Finding[] {
  if (bytes === undefined) return [];
  const base = {
    id: "memory",
    title: `The server takes ${formatBytes(bytes)} of memory`,
    numbers: { resident_bytes: bytes },
  };
  if (bytes <= MEMORY_BYTES_MAX) return [{ ...base, severity: "ok" }];
  const remedy = "blueplane stop, then blueplane start, loses nothing; please report it";
  return [{ ...base, severity: "warning", remedy }];
}

function logFinding(path: string): Finding[] {
  const size = ifThere(() => Deno.statSync(path).size);
  if (size === undefined) return [];
  const title = `The log of the background has ${formatBytes(size)}; blueplane logs shows it`;
  const numbers = { bytes: size };
  return [{ id: "server_log", severity: "ok", title, numbers, details: [path] }];
}
