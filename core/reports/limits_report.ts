/**
 * How much of an account's limits is used, as its client last showed it, how that came, where it
 * goes, and what a percent of them took.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type ClientStateReport, reportClientStates } from "./client_states.ts";
import { type PerPercent, readPerPercent } from "./limit_spending.ts";
import { type Estimate, foretell, type UsePoint } from "./limits_forecast.ts";

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

/** One window that goes on. */
export interface LimitReport extends PerPercent {
  readonly platform: string;
  readonly name: string;
  readonly used: number;
  readonly seen_at: string;
  /** Null where it was not told; then nothing is foretold. */
  readonly resets_at: string | null;
  /** If it goes on as it went in this window; null where too little was seen of it. */
  readonly forecast: {
    /** Above 1 is more than there is. */
    readonly at_reset: Estimate;
    /** When all is used; null when the window ends before. */
    readonly full_at: string | null;
    /** The earliest and the latest of the interval, the same way. */
    readonly full_at_earliest: string | null;
    readonly full_at_latest: string | null;
    /** From what was seen last to the end. */
    readonly course: readonly {
      readonly at: string;
      readonly used: number;
      readonly low: number;
      readonly high: number;
    }[];
  } | null;
  /** How this window went, the first that was seen first. */
  readonly history: readonly { readonly at: string; readonly used: number }[];
}

/** The document. */
export interface LimitsReport {
  readonly schema: "blueplane.limits/1";
  readonly limits: readonly LimitReport[];
  /** The sessions at which somebody sits. */
  readonly sessions: readonly ClientStateReport[];
}

const WEEK_MS = 7 * 86_400_000;
/** Plans and models change: older windows tell of another time. */
const WINDOWS_MAX = 20;

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

/** What is used of each window that has not ended: within one, nothing is given back. */
export function readLimits(db: Database, now: number): LimitSeen[] {
  const rows = prepareArrays(
    db,
    `select ${COLUMNS} from ${TABLES} where resets_at = 0 or resets_at > ?
     order by last_at desc, resets_at desc, used desc`,
  ).all(now) as unknown as Row[];
  const latest = new Map<string, LimitSeen>();
  for (const row of rows) {
    const limit = seenOf(row), key = keyOf(limit), known = latest.get(key);
    // Another client may still show what it was told before.
    const isLater = known !== undefined && known.resets_at !== null &&
      known.resets_at === limit.resets_at && known.used < limit.used;
    if (!known || isLater) latest.set(key, limit);
  }
  return [...latest.values()].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
}

/** The limits that hold now. */
export function reportLimits(db: Database, now: number): LimitsReport {
  const seen = readLimitHistory(db, { from: now - WINDOWS_MAX * WEEK_MS, to: now + 1 });
  return {
    schema: "blueplane.limits/1",
    limits: readLimits(db, now).map((limit) => {
      const ofKind = seen.filter((one) => keyOf(one) === keyOf(limit));
      const points = pointsOf(ofKind.filter((one) => one.resets_at === limit.resets_at));
      return {
        platform: limit.platform,
        name: limit.name,
        used: limit.used,
        seen_at: iso(limit.last_at),
        resets_at: limit.resets_at === null ? null : iso(limit.resets_at),
        forecast: forecastOf(limit, points),
        ...readPerPercent(db, limit.platform, windowsOf(ofKind)),
        history: points.map(({ at, used }) => ({ at: iso(at), used })),
      };
    }),
    sessions: reportClientStates(db, now),
  };
}

function forecastOf(
  { resets_at }: LimitSeen,
  points: readonly UsePoint[],
): LimitReport["forecast"] {
  const forecast = resets_at === null ? null : foretell(points, resets_at);
  if (forecast === null) return null;
  const { value, low, high } = forecast.course.at(-1)!;
  const isoOf = (at: number | null) => at === null ? null : iso(at);
  return {
    at_reset: { value, low, high, n: forecast.n },
    full_at: isoOf(forecast.full_at),
    full_at_earliest: isoOf(forecast.full_at_earliest),
    full_at_latest: isoOf(forecast.full_at_latest),
    course: forecast.course.map(({ at, value, ...ends }) => ({
      at: iso(at),
      used: value,
      ...ends,
    })),
  };
}

/** What was seen of each window, the latest first. */
function windowsOf(seen: readonly LimitSeen[]): UsePoint[][] {
  const ended = seen.filter(({ resets_at }) => resets_at !== null);
  return [...Map.groupBy(ended, ({ resets_at }) => resets_at!)]
    .sort(([a], [b]) => b - a).slice(0, WINDOWS_MAX).map(([, uses]) => pointsOf(uses));
}

/** When each share was first and last seen. */
function pointsOf(seen: readonly LimitSeen[]): UsePoint[] {
  return seen.flatMap(({ used, first_at, last_at }) =>
    first_at === last_at
      ? [{ at: first_at, used }]
      : [{ at: first_at, used }, { at: last_at, used }]
  ).sort((a, b) => a.at - b.at || a.used - b.used);
}

function iso(at: number): string {
  return new Date(at).toISOString();
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
