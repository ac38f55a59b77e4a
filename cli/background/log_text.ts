/**
 * The log and the end of a run, as a person reads them.
 *
 * @module
 */

import { formatAgo } from "../../core/format.ts";
import type { LogLine } from "../../core/log_file.ts";
import type { LastRun } from "../../core/reports/status_report.ts";

/** A server answers sooner than that, however much it has to read. */
const STARTED_WITHIN_MS = 60_000;

/** A line, with the time of this place. */
export function logLineText({ timestamp, level, text }: LogLine): string {
  return `${localTime(new Date(timestamp))} ${level.padEnd(7)} ${text}`;
}

/** How a run ended, after "it". */
export function endText({ ended_at, exit_code: code, signal }: LastRun): string {
  if (ended_at === null) return "ended unseen, as when the machine goes down";
  if (signal === "SIGKILL") return "was ended by SIGKILL, as by kill -9 or for want of memory";
  if (signal !== null) return `was ended by ${signal}`;
  return code === 0 ? "was stopped" : `ended with exit code ${code}`;
}

/** One line on the last run, for a server that does not run now. */
export function lastRunText(run: LastRun, now: number): string {
  const { is_running, ended_at, started_at, last_error, exit_code } = run;
  if (is_running && now - Date.parse(started_at) < STARTED_WITHIN_MS) {
    return `starting in the background (pid ${run.pid}); blueplane logs -f shows what it does`;
  }
  if (is_running) {
    return `does not answer (pid ${run.pid}, started ${
      formatAgo(Date.parse(started_at), now)
    }); ` +
      "blueplane logs shows what it said, blueplane stop ends it";
  }
  const when = formatAgo(Date.parse(ended_at ?? started_at), now);
  const why = exit_code === 0 || last_error === null ? "" : `; its last error: ${last_error}`;
  return `${endText(run)} (${ended_at === null ? "started " : ""}${when})${why}`;
}

function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}
