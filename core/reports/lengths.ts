/**
 * Stretches in which sessions went on, as lengths by group of a report.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import type { ActiveStretch } from "./concurrency.ts";

/** By what lengths are told apart: a stretch of local time, or a column of sessions. */
export interface LengthGrouping {
  readonly group: "time" | "project" | "platform";
  /** The name of a group by a moment in it, or by the number of its word, -1 for none. */
  readonly name: (of: number) => string;
}

const QUARTER_MS = QUARTER_SECONDS * 1000;

/** Tells `add` how long each group is, bit by bit. */
export function addLengths(
  db: Database,
  stretches: readonly ActiveStretch[],
  { group, name }: LengthGrouping,
  add: (name: string, ms: number) => void,
): void {
  if (group === "time") {
    for (const [quarter, ms] of quartersOf(stretches)) add(name(quarter), ms);
    return;
  }
  if (stretches.length === 0) return;
  const sessions = [...new Set(stretches.map(([id]) => id))];
  const groups = new Map(
    prepareArrays(
      db,
      `select id, ifnull(${group}, -1) from sessions
       where id in (select value from json_each(?))`,
    ).all(JSON.stringify(sessions)) as unknown as [number, number][],
  );
  for (const [id, from, to] of stretches) add(name(groups.get(id) ?? -1), to - from);
}

/** Milliseconds by quarter of an hour: every zone's hours and days begin with one. */
export function quartersOf(stretches: readonly ActiveStretch[]): ReadonlyMap<number, number> {
  const quarters = new Map<number, number>();
  for (const [, from, to] of stretches) {
    for (let at = from; at < to;) {
      const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
      const end = Math.min(to, quarter + QUARTER_MS);
      quarters.set(quarter, (quarters.get(quarter) ?? 0) + end - at);
      at = end;
    }
  }
  return quarters;
}
