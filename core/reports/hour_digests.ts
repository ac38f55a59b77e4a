/**
 * Reads what digests of hours are made of: of all sessions and place by place.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import { readStretches } from "./activity.ts";
import { type ActiveStretch, overlapOf } from "./concurrency.ts";
import { type Digest, emptyDigest } from "./digest.ts";
import type { Digests } from "./digest_rows.ts";
import { addHourRows, type DigestsOf } from "./hour_rows.ts";
import { quartersOf } from "./lengths.ts";
import { localStart } from "./local_time.ts";
import type { Stretch } from "./pieces.ts";

/** What is of one place. */
export interface PlaceDigest {
  readonly platform: number;
  /** 0 for none. */
  readonly project: number;
  readonly digest: Digest;
}

/** What is of one hour in which something was. */
export interface HourDigests {
  /** Its first moment; that may lie before the stretch. */
  readonly at: number;
  readonly all: Digest;
  readonly places: readonly PlaceDigest[];
}

interface Hour {
  readonly all: Digest;
  readonly places: Digests;
}

/** Of the hours of the user's clock in a stretch, in their order. */
export function readHourDigests(db: Database, stretch: Stretch): HourDigests[] {
  const { from, to } = stretch, period = { from, to }, filter = {};
  const hours = new Map<number, Hour>(), placeOf = placeReader(db);
  const hourAt = (at: number) =>
    hours.getOrInsertComputed(at, () => ({ all: emptyDigest(), places: new Map() }));
  const digestsOf: DigestsOf = (at, session) => {
    const { all, places } = hourAt(at);
    return [all, places.getOrInsertComputed(placeOf(session), emptyDigest)];
  };
  addHourRows(db, stretch, digestsOf);
  const hourOf = hourReader(db, localStart("hour", stretch));
  const active = readStretches(db, { period, filter }, "active");
  const lengths = {
    durationMs: readStretches(db, { period, filter }, "short"),
    activeMs: active,
  };
  for (const field of ["durationMs", "activeMs"] as const) {
    for (const stretch of lengths[field]) {
      for (const [quarter, ms] of quartersOf([stretch])) {
        for (const digest of digestsOf(hourOf(quarter), stretch[0])) digest[field] += ms;
      }
    }
  }
  for (const [at, stretches] of activeByHour(active, to, hourOf)) {
    hourAt(at).all.overlap = overlapOf(stretches);
  }
  return [...hours].sort(([a], [b]) => a - b)
    .map(([at, { all, places }]) => ({ at, all, places: [...places].map(placeDigest) }));
}

function placeDigest([place, digest]: [string, Digest]): PlaceDigest {
  const [platform, project] = place.split(" ").map(Number);
  return { platform: platform!, project: project!, digest };
}

/** Stretches cut where an hour begins: what ends there is for a moment in that hour, too. */
function activeByHour(
  active: readonly ActiveStretch[],
  end: number,
  hourOf: (quarter: number) => number,
): ReadonlyMap<number, ActiveStretch[]> {
  const quarterMs = QUARTER_SECONDS * 1000;
  const hours = new Map<number, ActiveStretch[]>();
  for (const [session, from, to] of active) {
    let begun = from, hour = hourOf(Math.floor(from / quarterMs) * quarterMs);
    const add = (until: number) => {
      hours.getOrInsertComputed(hour, () => []).push([session, begun, until]);
    };
    for (
      let at = (Math.floor(from / quarterMs) + 1) * quarterMs;
      at <= to && at < end;
      at += quarterMs
    ) {
      const next = hourOf(at);
      if (next === hour) continue;
      add(at);
      [begun, hour] = [at, next];
    }
    add(to);
  }
  return hours;
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
