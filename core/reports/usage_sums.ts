/**
 * Reads what walks along sessions counted, of a period or of all time.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { USAGE_COUNTS, USAGE_PEAKS } from "../session_counts.ts";
import { keptTiers } from "../tiers.ts";
import { type MemberCounts, USAGE_COLUMNS } from "./digest.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { goingOn, type Period } from "./period.ts";
import { byTier, piecesOf, stretchOf, timedStretchOf } from "./pieces.ts";
import { sessionConditions, type SessionFilter, whereOf } from "./sums.ts";

/** Sums by name, and the greatest of what has no sum. */
export type UsageSums = Record<typeof USAGE_COUNTS[number] | typeof USAGE_PEAKS[number], number>;

/** What is asked of the usage. */
export interface UsageQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** The condition on sessions `s` that were going on in a period. */
export function sessionsGoingOn({ period, filter }: UsageQuery) {
  const { sql, parameters } = sessionConditions(filter), going = goingOn(period);
  return {
    sql: `s.counted = 1 and ${going.sql}${sql}`,
    parameters: [...going.parameters, ...parameters],
  };
}

/** The sums of a period. */
export function readUsageSums(db: Database, { period, filter, now }: UsageQuery): UsageSums {
  if (sessionConditions(filter).sql === "") {
    const { usage } = readDigest(db, wholeQuery(period, filter, now));
    return Object.fromEntries(USAGE_COLUMNS.map((name, i) => [name, usage[i]])) as UsageSums;
  }
  const sums = USAGE_COUNTS.map((name) => `sum(x.${name})`);
  const peaks = USAGE_PEAKS.map((name) => `max(x.${name})`);
  const row = read(
    db,
    [...sums, ...peaks].join(", "),
    whereOf(stretchOf(period, now, keptTiers(db)), filter),
  )[0];
  return Object.fromEntries(
    [...USAGE_COUNTS, ...USAGE_PEAKS].map((name, i) => [name, row?.[i] ?? 0]),
  ) as UsageSums;
}

/** Operations, calls that went well and that failed of the hours of a period, or parts of them. */
export function readUsageHours(
  db: Database,
  { period, filter, now }: UsageQuery,
): readonly MemberCounts[] {
  if (sessionConditions(filter).sql === "") {
    return readDigest(db, wholeQuery(period, filter, now)).hours;
  }
  const stretch = timedStretchOf(period, now, keptTiers(db));
  const rows = byTier(stretch).flatMap(piecesOf).flatMap((piece) =>
    read(
      db,
      "x.bucket, sum(x.operations), sum(x.calls_ok), sum(x.calls_failed)",
      whereOf(piece, filter),
      " group by x.bucket order by x.bucket",
    )
  );
  return [new Map(rows.map(([at, ...counts]) => [at!, counts]))];
}

/** To look up each session costs more than all sums, and is for filters alone. */
function read(
  db: Database,
  columns: string,
  { sql, parameters }: ReturnType<typeof whereOf>,
  behind = "",
): number[][] {
  const sessions = sql.includes("s.") ? " join sessions s on s.id = x.session" : "";
  return prepareArrays(
    db,
    `select ${columns} from usage_sums x${sessions} where ${sql}${behind}`,
  ).all(...parameters) as unknown as number[][];
}
