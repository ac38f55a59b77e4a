/**
 * Reads what the digests of a day are made of: of all sessions, hour by hour and place by place.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import { readStretches } from "./activity.ts";
import { overlapOf } from "./concurrency.ts";
import { addDigest, type Digest, emptyDigest } from "./digest.ts";
import { addRows, type Digests } from "./digest_rows.ts";
import type { Interval } from "./digest_store.ts";
import { quartersOf } from "./lengths.ts";
import { localStart } from "./local_time.ts";

/** The digests of a day. */
export interface DayDigests {
  /** Undefined of a day on which nothing was. */
  readonly all: Digest | undefined;
  readonly hours: readonly (readonly [from: number, to: number, digest: Digest])[];
  readonly places: readonly {
    readonly platform: number;
    /** 0 for none. */
    readonly project: number;
    readonly digest: Digest;
  }[];
}

/** What groups of a report do not tell. */
const NOT_GROUPED = ["errors", "attributions", "usage", "words", "hours", "tools"] as const;

/** Of a day of the local calendar. */
export function readDayDigests(db: Database, [from, to]: Interval): DayDigests {
  const stretch = { tier: QUARTER_SECONDS, from, to }, cells: Digests = new Map();
  const hour = localStart("hour", stretch);
  const name = (at: number, session: number) => `${at} ${session}`;
  addRows(db, cells, {
    stretch,
    time: hour,
    place: "x.session",
    name,
    parts: { whole: true, hours: true, times: true, tools: true },
  });
  const hourOf = hourReader(db, hour);
  const period = { from, to }, filter = {};
  for (const which of ["short", "active"] as const) {
    const field = which === "short" ? "durationMs" : "activeMs";
    for (const stretch of readStretches(db, { period, filter }, which)) {
      for (const [quarter, ms] of quartersOf([stretch])) {
        const cell = name(hourOf(quarter), stretch[0]);
        cells.getOrInsertComputed(cell, emptyDigest)[field] += ms;
      }
    }
  }
  const active = readStretches(db, { period, filter }, "active");
  return gathered(db, cells, active.length === 0 ? undefined : overlapOf(active), to);
}

function gathered(
  db: Database,
  cells: Digests,
  overlap: Digest["overlap"] | undefined,
  end: number,
): DayDigests {
  if (cells.size === 0 && !overlap) return { all: undefined, hours: [], places: [] };
  const all = emptyDigest(), hours = new Map<number, Digest>(), places: Digests = new Map();
  const placeOf = placeReader(db);
  for (const [name, cell] of cells) {
    const [hour, session] = name.split(" ").map(Number);
    addDigest(all, cell);
    addDigest(hours.getOrInsertComputed(hour!, emptyDigest), cell);
    addDigest(places.getOrInsertComputed(placeOf(session!), emptyDigest), cell);
  }
  if (overlap) all.overlap = overlap;
  const starts = [...hours.keys()].sort((a, b) => a - b);
  return {
    all,
    hours: starts.map((at, i) => [at, starts[i + 1] ?? end, grouped(hours.get(at)!)]),
    places: [...places].map(([place, digest]) => {
      const [platform, project] = place.split(" ").map(Number);
      return { platform: platform!, project: project!, digest: grouped(digest) };
    }),
  };
}

function grouped(digest: Digest): Digest {
  const nothing = emptyDigest();
  return { ...digest, ...Object.fromEntries(NOT_GROUPED.map((name) => [name, nothing[name]])) };
}

/** The first moment of a quarter's local hour, as SQL has it. */
function hourReader(db: Database, hour: string): (quarter: number) => number {
  const known = new Map<number, number>();
  const read = prepareArrays(db, `select ${hour} from (select ? as bucket) x`);
  return (quarter) =>
    known.getOrInsertComputed(
      quarter,
      () => (read.get(quarter) as unknown as [number])[0],
    );
}

function placeReader(db: Database): (session: number) => string {
  const read = prepareArrays(
    db,
    "select platform, ifnull(project, 0) from sessions where id = ?",
  );
  const known = new Map<number, string>();
  return (session) =>
    known.getOrInsertComputed(
      session,
      () => (read.get(session) as unknown as number[] | undefined ?? [-1, 0]).join(" "),
    );
}
