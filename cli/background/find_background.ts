/**
 * Which process is the server of a home: one that answers, or one that is about to.
 *
 * @module
 */

import type { Home } from "../../core/home.ts";
import { findServer } from "../server_file.ts";
import { readLastRun } from "./run_record.ts";

/** A process that is surely ours: a number alone may be another's by now. */
export interface Background {
  readonly pid: number;
  /** Undefined while it does not answer yet, "" for one that shows nothing. */
  readonly url?: string;
  readonly startedAt: string;
  /** Whether it captures for another machine. */
  readonly isWorker: boolean;
}

/** The server, by its answer or by the lock that it holds; undefined when none runs. */
export async function findBackground(home: Home): Promise<Background | undefined> {
  const server = await findServer(home);
  if (server) {
    const { pid, url, started_at: startedAt, machine } = server;
    return { pid, url, startedAt, isWorker: machine !== undefined };
  }
  const run = readLastRun(home);
  if (!run?.is_running) return undefined;
  return { pid: run.pid, startedAt: run.started_at, isWorker: false };
}
