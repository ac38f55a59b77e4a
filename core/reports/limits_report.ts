/**
 * How much of an account's limits is used, as its client last showed it, how that came, where it
 * goes, and what a percent of them took.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import {
  type Estimate,
  forecastLimit,
  type LimitForecast,
  meanOf,
  type UsePoint,
} from "./limits_forecast.ts";

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
export interface LimitReport {
  readonly platform: string;
  readonly name: string;
  readonly used: number;
  readonly seen_at: string;
  /** Null where it was not told; then nothing is foretold. */
  readonly resets_at: string | null;
  /** If it goes on as it went in this window; null where too little was seen of it. */
  readonly forecast: {
    readonly at_reset: Estimate;
    readonly full_at: string | null;
    readonly full_at_earliest: string | null;
  } | null;
  /** Of all windows of this kind of which five percent at least were seen to go. */
  readonly tokens_per_percent: Estimate | null;
  readonly cost_usd_per_percent: Estimate | null;
  /** How this window went, the first that was seen first. */
  readonly history: readonly { readonly at: string; readonly used: number }[];
}

/** The document. */
export interface LimitsReport {
  readonly schema: "blueplane.limits/1";
  readonly limits: readonly LimitReport[];
}

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS, QUARTER_MS = HOUR_MS / 4;
const LENGTHS: readonly (readonly [name: RegExp, ms: number])[] = [
  [/^five_hour/, 5 * HOUR_MS],
  [/^seven_day/, 7 * DAY_MS],
];
/** A window tells what a percent takes when so much of it was seen to go. */
const GONE_MIN = 0.05;
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

/** The limits that hold now. */
export function reportLimits(db: Database, now: number): LimitsReport {
  const seen = readLimitHistory(db, { from: now - WINDOWS_MAX * 7 * DAY_MS, to: now + 1 });
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
        ...perPercent(db, ofKind),
        history: points.map(({ at, used }) => ({ at: iso(at), used })),
      };
    }),
  };
}

function forecastOf({ name, resets_at }: LimitSeen, points: readonly UsePoint[]) {
  const [, length] = LENGTHS.find(([shape]) => shape.test(name)) ?? [];
  if (resets_at === null || length === undefined) return null;
  const forecast: LimitForecast | null = forecastLimit(points, resets_at, length);
  return forecast && {
    at_reset: forecast.at_reset,
    full_at: forecast.full_at === null ? null : iso(forecast.full_at),
    full_at_earliest: forecast.full_at_earliest === null ? null : iso(forecast.full_at_earliest),
  };
}

/** Tokens and cost of what was stored while a window went on, for each percent of it that went. */
function perPercent(
  db: Database,
  seen: readonly LimitSeen[],
): Pick<LimitReport, "tokens_per_percent" | "cost_usd_per_percent"> {
  const windows = [
    ...Map.groupBy(seen.filter(({ resets_at }) => resets_at !== null), (one) => one.resets_at),
  ].sort(([a], [b]) => b! - a!).slice(0, WINDOWS_MAX);
  const spent = windows.flatMap(([, uses]) => {
    const points = pointsOf(uses), first = points[0]!, last = points.at(-1)!;
    const gone = last.used - first.used;
    if (gone < GONE_MIN) return [];
    const [tokens, micros] = readSpent(db, uses[0]!.platform, first.at, last.at);
    return tokens > 0 ? [{ tokens: tokens / gone / 100, usd: micros / 1e6 / gone / 100 }] : [];
  });
  return {
    tokens_per_percent: meanOf(spent.map(({ tokens }) => tokens)),
    cost_usd_per_percent: meanOf(spent.filter(({ usd }) => usd > 0).map(({ usd }) => usd)),
  };
}

/** Whole quarters of an hour are what is kept of a time. */
function readSpent(db: Database, platform: string, from: number, to: number): [number, number] {
  const [tokens, micros] = prepareArrays(
    db,
    `select sum(input + output + cache_read + cache_creation), sum(cost_micros)
     from model_sums x join sessions s on s.id = x.session join words p on p.id = s.platform
     where x.tier = 900 and x.bucket >= ? and x.bucket <= ? and p.text = ?`,
  ).get(Math.floor(from / QUARTER_MS) * QUARTER_MS, to, platform) as unknown as [
    number | null,
    number | null,
  ];
  return [tokens ?? 0, micros ?? 0];
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
