/**
 * `logs/run.json`: which process was the last to run in the background, and how it ended.
 *
 * @module
 */

import { constants } from "node:os";
import { type Home, writePrivateFile } from "../../core/home.ts";
import { inHome } from "../../core/home_closed.ts";
import { ifThere } from "../../core/if_there.ts";
import { readLog } from "../../core/log_file.ts";
import type { LastRun } from "../../core/reports/status_report.ts";
import { isLocked, takeWriterLock, type WriterLock } from "../../core/writer_lock.ts";

/** What the shell adds to the number of a signal. */
const SIGNALLED = 128;

/**
 * The right to be the process that runs in the background; the system frees it at its end.
 *
 * @returns undefined when another process holds it
 */
export function takeRunLock(home: Home): WriterLock | undefined {
  inHome("write to", () => Deno.mkdirSync(home.logs, { recursive: true, mode: 0o700 }));
  return takeWriterLock(home.runLock);
}

/** Begins the record anew. */
export function recordStart(home: Home, pid: number, now: number): void {
  const started_at = new Date(now).toISOString();
  writePrivateFile(home.run, `${JSON.stringify({ pid, started_at })}\n`);
}

/** Adds how the run ended; where that cannot be written, nobody saw it. */
export function recordEnd(home: Home, exit_code: number, now: number): void {
  const line = JSON.stringify({ ended_at: new Date(now).toISOString(), exit_code });
  try {
    Deno.writeTextFileSync(home.run, `${line}\n`, { append: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** The last run, with the last error that it logged; undefined when there was none. */
export function readLastRun(home: Home): LastRun | undefined {
  const [start, end] = readRecord(home);
  if (typeof start?.["pid"] !== "number" || typeof start["started_at"] !== "string") {
    return undefined;
  }
  const { pid, started_at } = start as { pid: number; started_at: string };
  const code = typeof end?.["exit_code"] === "number" ? end["exit_code"] : null;
  const signal = code === null ? null : signalName(code - SIGNALLED);
  const errors = readLog(home.log)
    .filter(({ level, timestamp }) => level === "error" && timestamp >= started_at);
  return {
    pid,
    started_at,
    is_running: isLocked(home.runLock),
    ended_at: typeof end?.["ended_at"] === "string" ? end["ended_at"] : null,
    exit_code: signal === null ? code : null,
    signal,
    last_error: errors.at(-1)?.text ?? null,
  };
}

function signalName(number: number): string | null {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] ?? null;
}

function readRecord(home: Home): Record<string, unknown>[] {
  const text = ifThere(() => Deno.readTextFileSync(home.run)) ?? "";
  return text.split("\n").flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === "object" && value !== null
        ? [value as Record<string, unknown>]
        : [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  });
}
