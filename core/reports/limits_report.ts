/**
 * How much of an account's limits is used, as its client last showed it, and how that came.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** One share that was seen of a window. */
export interface LimitSeen {
  readonly platform: string;
  readonly name: string;
  /** 1 is all of it. */
  readonly used: number;
  /** Milliseconds; null where it was not told. */
  readonly resets_at: number | null;
  readonly first_at: number;
  readonly last_at: number;
}

type Row = [
  platform: string,
  name: string,
  used: number,
  resetsAt: number,
  firstAt: number,
  lastAt: number,
];

const COLUMNS = "p.text, n.text, used, resets_at, first_at, last_at";
const TABLES = `limit_uses l join words p on p.id = l.platform join words n on n.id = l.name`;

/** What was last seen of each window that has not ended since. */
export function readLimits(db: Database, now: number): LimitSeen[] {
  const rows = prepareArrays(
    db,
    `select ${COLUMNS} from ${TABLES} where resets_at = 0 or resets_at > ?
     order by last_at desc, resets_at desc, used desc`,
  ).all(now) as unknown as Row[];
  const latest = new Map<string, LimitSeen>();
  for (const row of rows) {
    const limit = seenOf(row), key = `${limit.platform} ${limit.name}`;
    if (!latest.has(key)) latest.set(key, limit);
  }
  return [...latest.values()].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
}

/** All shares seen in a stretch of time, in the order in which they came. */
export function readLimitHistory(
  db: Database,
  { from = 0, to }: { readonly from?: number | undefined; readonly to: number },
): LimitSeen[] {
  const rows = prepareArrays(
    db,
    `select ${COLUMNS} from ${TABLES} where last_at >= ? and first_at < ?
     order by first_at, p.text, n.text, resets_at, used`,
  ).all(from, to) as unknown as Row[];
  return rows.map(seenOf);
}

function keyOf({ platform, name }: LimitSeen): string {
  return `${platform} ${name}`;
}

function seenOf([platform, name, used, resetsAt, first_at, last_at]: Row): LimitSeen {
  return {
    platform,
    name,
    used: used / 1000,
    resets_at: resetsAt === 0 ? null : resetsAt,
    first_at,
    last_at,
  };
}
