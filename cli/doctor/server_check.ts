/**
 * Examines what runs: the server and its note, the writer's lock, the port; and removes a note
 * whose server is gone.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import type { LastRun } from "../../core/reports/status_report.ts";
import { isLocked } from "../../core/writer_lock.ts";
import { readLastRun } from "../background/run_record.ts";
import { isCaptureHome } from "../capture_home.ts";
import { findServer, readServerNote } from "../server_file.ts";
import { takeHomeLock } from "../home_lock.ts";
import type { Workspace } from "../workspace.ts";

/** What is to be said of the server and its port. */
export async function checkServer({ home, config }: Workspace): Promise<Finding[]> {
  const note = readServerNote(home);
  const server = await findServer(home);
  if (isCaptureHome(home)) return [workerFinding(server?.pid)];
  if (server) {
    const title = `A server runs (pid ${server.pid})${server.url ? ` at ${server.url}` : ""}`;
    return [{ id: "server", severity: "ok", title, numbers: { pid: server.pid } }];
  }
  const isWriting = isLocked(home.lock);
  return [
    isWriting ? writingFinding(note?.pid) : idleFinding(note?.pid),
    ...lastRunFinding(readLastRun(home)),
    // Port 0 takes whichever is free.
    ...(config.port === 0 ? [] : [portFinding(config.host, config.port)]),
  ];
}

/** Removes the note of a server that is gone. @returns whether there was one */
export function removeStaleNote({ home }: Workspace): boolean {
  if (!readServerNote(home)) return false;
  using lock = takeHomeLock(home);
  return lock !== undefined;
}

function workerFinding(pid: number | undefined): Finding {
  return pid === undefined
    ? {
      id: "server",
      severity: "warning",
      title: "This machine captures for another one, and no capture worker runs",
      remedy: "blueplane worker --role capture starts it",
    }
    : {
      id: "server",
      severity: "ok",
      title: `A capture worker runs (pid ${pid})`,
      numbers: { pid },
    };
}

function writingFinding(pid: number | undefined): Finding {
  return pid === undefined
    ? { id: "server", severity: "note", title: "No server runs; another blueplane is reading" }
    : {
      id: "server",
      severity: "warning",
      title: `The server (pid ${pid}) does not answer, or another blueplane is reading`,
      numbers: { pid },
      remedy: "Wait a moment and ask again; if it lasts, end that process and start it anew",
    };
}

function idleFinding(pid: number | undefined): Finding {
  return pid === undefined
    ? { id: "server", severity: "ok", title: "No server runs; blueplane serve starts one" }
    : {
      id: "server",
      severity: "warning",
      title: `serve.json names a server (pid ${pid}) that is gone`,
      numbers: { pid },
      remedy: "blueplane doctor --fix removes it; a new server does, too",
    };
}

/** Nothing is to be said of a run that ended well, or still goes on. */
function lastRunFinding(run: LastRun | undefined): Finding[] {
  if (!run || run.is_running || run.exit_code === 0) return [];
  const how = run.signal !== null
    ? `was ended by ${run.signal}`
    : run.exit_code !== null
    ? `ended with exit code ${run.exit_code}`
    : "ended without a word: it was killed, or the machine stopped";
  return [{
    id: "last_run",
    severity: "warning",
    title: `The last run in the background ${how}`,
    numbers: { exit_code: run.exit_code },
    remedy: "blueplane logs says what it said last; blueplane start begins another",
  }];
}

function portFinding(hostname: string, port: number): Finding {
  const numbers = { port };
  try {
    Deno.listen({ hostname, port }).close();
    return { id: "port", severity: "ok", title: `Port ${port} is free for a server`, numbers };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isTaken = error instanceof Deno.errors.AddrInUse;
    return {
      id: "port",
      severity: "warning",
      title: `Port ${port} ${isTaken ? "is taken by another program" : "may not be listened at"}`,
      numbers,
      remedy: "blueplane serve --port 0 takes a free one; web.port sets another for good",
    };
  }
}
