/**
 * What the stored data itself tells of its health: queues, versions, lower bounds, clocks, and
 * what is kept here alone.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Finding } from "../finding.ts";
import { formatCounted, formatDuration, formatShare } from "../format.ts";
import { countDeadLetters } from "./dead_letters_report.ts";
import { reportStatus } from "./status_report.ts";

const SKEW_MAX_MS = 5 * 60_000;
const WAITING_MAX = 10_000;

/** A version of an assistant's client, and the sessions that it wrote in. */
export interface VersionSeen {
  readonly platform: string;
  readonly version: string;
  readonly sessions: number;
}

/** When an assistant was last seen at work. */
export interface LastSeen {
  readonly sessions: number;
  readonly lastAt: number | null;
}

/** What is to be said of queues, versions, lower bounds and clocks. */
export function dataFindings(db: Database, now: number): Finding[] {
  return [queueFinding(db), deadLetterFinding(db), versionFinding(db), boundFinding(db)]
    .concat(skewFinding(db, now));
}

/** Versions, the newest first. */
export function readVersions(db: Database): VersionSeen[] {
  const rows = prepareArrays(
    db,
    `select p.text, v.text, count(*) from session_versions sv join sessions s on s.id = sv.session
     join words p on p.id = s.platform join words v on v.id = sv.version group by 1, 2`,
  ).all() as unknown as [string, string, number][];
  return rows.map(([platform, version, sessions]) => ({ platform, version, sessions }))
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** Sessions of a platform, and its last event. */
export function readLastSeen(db: Database, platform: string): LastSeen {
  const [sessions, lastAt] = prepareArrays(
    db,
    `select count(*), max(ended_at) from sessions s join words w on w.id = s.platform
     where w.text = ? and counted = 1`,
  ).get(platform) as unknown as [number, number | null];
  return { sessions, lastAt };
}

/** Sessions among these that are counted, and the local days on which something happened there. */
export function countDays(
  db: Database,
  platform: string,
  sessionIds: readonly string[],
): { sessions: number; days: number } {
  const ids = JSON.stringify(sessionIds);
  const named = `select s.id from sessions s join words w on w.id = s.platform
    where w.text = ?1 and s.counted = 1
      and s.session_id in (select value from json_each(?2))`;
  const [sessions] = prepareArrays(db, `select count(*) from (${named})`)
    .get(platform, ids) as unknown as [number];
  const buckets = prepareArrays(
    db,
    `with named as (${named})
     select bucket from model_sums where tier = 900 and session in named
     union select bucket from input_sums where tier = 900 and session in named`,
  ).all(platform, ids) as unknown as [number][];
  const days = new Set(buckets.map(([at]) => new Date(at).toDateString()));
  return { sessions, days: days.size };
}

function queueFinding(db: Database): Finding {
  const query = { version: "", server: null, databaseBytes: 0 };
  const { events, changes } = reportStatus(db, query).queue!;
  const numbers = { events_waiting: events, batches_waiting: changes };
  const waiting = events ?? 0;
  const title = `${formatCounted(waiting, "event")} and ${
    formatCounted(changes, "block")
  } waiting`;
  if (waiting < WAITING_MAX) return { id: "queue", severity: "ok", title, numbers };
  const remedy = "blueplane sync processes what waits";
  return { id: "queue", severity: "warning", title, numbers, remedy };
}

function deadLetterFinding(db: Database): Finding {
  const dead_letters = countDeadLetters(db);
  const numbers = { dead_letters };
  if (dead_letters === 0) {
    return { id: "dead_letters", severity: "ok", title: "No dead letters", numbers };
  }
  return {
    id: "dead_letters",
    severity: "warning",
    title: `${formatCounted(dead_letters, "dead letter")} could not be handled`,
    numbers,
    remedy:
      "blueplane dlq list says why; after an update, blueplane dlq replay --all tries again",
  };
}

function versionFinding(db: Database): Finding {
  const versions = readVersions(db);
  const newest = versions[0]?.version;
  return {
    id: "versions",
    severity: "ok",
    title: newest === undefined
      ? "No version of an assistant was seen yet"
      : `${formatCounted(versions.length, "version")} of assistants seen, the newest ${newest}`,
    numbers: { versions: versions.length },
  };
}

function boundFinding(db: Database): Finding {
  const [messages, open, output, openOutput] = prepareArrays(
    db,
    `select count(*), ifnull(sum(1 - stopped), 0), ifnull(sum(output), 0),
       ifnull(sum(output * (1 - stopped)), 0) from responses`,
  ).get() as unknown as [number, number, number, number];
  const numbers = {
    messages,
    messages_without_stop_reason: open,
    output_tokens: output,
    output_tokens_lower_bound: openOutput,
  };
  if (open === 0) {
    return { id: "lower_bound", severity: "ok", title: "Every output count is final", numbers };
  }
  return {
    id: "lower_bound",
    severity: "note",
    title: `The output of ${formatShare(open / messages)} of all messages is a lower bound`,
    numbers,
    remedy: "Their client never wrote the final count, or they are still being written; such " +
      "totals are marked ≥",
  };
}

function skewFinding(db: Database, now: number): Finding {
  const [sessions, last] = prepareArrays(
    db,
    "select count(*), max(ended_at) from sessions where ended_at > ?",
  ).get(now + SKEW_MAX_MS) as unknown as [number, number | null];
  const numbers = { sessions_in_future: sessions, ahead_ms: last === null ? 0 : last - now };
  if (last === null) {
    return { id: "clock", severity: "ok", title: "No event lies in the future", numbers };
  }
  return {
    id: "clock",
    severity: "warning",
    title: `${formatCounted(sessions, "session")} up to ${
      formatDuration(last - now)
    } in the future`,
    numbers,
    remedy: "Check the clock of this machine, and of the one that wrote them",
  };
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(/[.-]/).map(Number));
  for (let i = 0; i < 4; i++) {
    const difference = (left![i] || 0) - (right![i] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
