/**
 * The buckets by which a stretch of time is added up.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { QUARTER_SECONDS } from "../session_counts.ts";
import { keptFrom, keptTiers, type Tier } from "../tiers.ts";
import type { Period } from "./period.ts";

/** One stretch of buckets, of one tier but for its tail. */
export interface Stretch {
  /** Seconds; 0 of whole sessions. */
  readonly tier: number;
  readonly from: number;
  readonly to: number;
  /** The part of its last bucket that the period has, in buckets of a finer tier. */
  readonly tail?: Pick<Stretch, "tier" | "from">;
}

const QUARTER_MS = QUARTER_SECONDS * 1000;
/** Less is read as fast in buckets of one length. */
const WORTH_MS = 2 * 3_600_000;

/**
 * The condition on sums `x` of a tier. A parameter in its place would be compared with the one
 * tier that an index is of: SQLite prepares such a statement anew each time it runs.
 */
export function isOfTier(tier: number): string {
  return `x.tier = ${tier}`;
}

/** A stretch, or a part of one, and its tail, each of one tier. */
export function byTier({ tier, from, to, tail }: Stretch): Stretch[] {
  if (!tail || to <= tail.from) return [{ tier, from, to }];
  const behind = { tier: tail.tier, from: Math.max(from, tail.from), to };
  return from < tail.from ? [{ tier, from, to: tail.from }, behind] : [behind];
}

/** Quarters of an hour where they are whole, and the stretch's own buckets on both sides. */
export function piecesOf({ tier, from, to }: Omit<Stretch, "tail">): Stretch[] {
  const first = Math.ceil(from / QUARTER_MS) * QUARTER_MS;
  const last = Math.floor(to / QUARTER_MS) * QUARTER_MS;
  if (tier === 0 || tier === QUARTER_SECONDS || last - first < WORTH_MS) {
    return [{ tier, from, to }];
  }
  return [
    { tier, from, to: first },
    { tier: QUARTER_SECONDS, from: first, to: last },
    { tier, from: last, to },
  ].filter((piece) => piece.from < piece.to);
}

/**
 * The finest tier that still holds the whole period; whole sessions where there is no bound.
 *
 * Both ends move back to where their bucket begins, so that two periods share none; the bucket
 * that is being filled counts as far as it goes. A moment moves alike whether a period begins or
 * ends with it: what follows on another has the rest. Of less than a bucket there is all of it.
 */
export function stretchOf({ from, to }: Period, now: number, tiers: readonly Tier[]): Stretch {
  if (from === undefined && to > now) return { tier: 0, from: 0, to: 1 };
  const start = from ?? 0, tier = finestAt(start, now, tiers), begun = bucketAt(start, tier);
  if (to > now) return { tier, from: begun, to };
  const last = finestAt(to, now, tiers), end = bucketAt(to, last);
  if (end <= begun) return { tier, from: begun, to: begun + tier * 1000 };
  const turn = bucketAt(end, tier);
  if (turn === end) return { tier, from: begun, to: end };
  return turn === begun
    ? { tier: last, from: begun, to: end }
    : { tier, from: begun, to: end, tail: { tier: last, from: turn } };
}

/** The finest tier that still holds the quarter of an hour of a moment. */
function finestAt(at: number, now: number, tiers: readonly Tier[]): number {
  const quarter = bucketAt(at, QUARTER_SECONDS);
  const holds = (tier: Tier) => tier.seconds > 0 && quarter >= keptFrom(tier, now);
  return (tiers.find(holds) ?? tiers.at(-1)!).seconds;
}

function bucketAt(at: number, seconds: number): number {
  return Math.floor(at / (seconds * 1000)) * seconds * 1000;
}

/** A period as its buckets have it; one without a beginning has none. */
export function alignedPeriod(period: Period, now: number, tiers: readonly Tier[]): Period {
  const { tier, from, to } = stretchOf(period, now, tiers);
  return tier === 0 ? period : { from: period.from === undefined ? undefined : from, to };
}

/**
 * The period of which a report is that is asked for one: all of it is of the same moments. Where
 * a clock was ahead it ends behind what is last, as far as the bucket goes that is being filled;
 * all time goes on for ever.
 */
export function summedPeriod(
  db: Database,
  { period, now }: { readonly period: Period; readonly now: number },
): Period {
  const tiers = keptTiers(db), { from, to } = alignedPeriod(period, now, tiers);
  if (to <= now) return { from, to };
  const { tier } = stretchOf(period, now, tiers);
  const filled = tier === 0 ? Infinity : bucketAt(to - 1, tier) + tier * 1000;
  const [last] = prepareArrays(db, "select max(ended_at) from sessions where counted = 1")
    .get() as unknown as [number | null];
  return { from, to: Math.max(to, Math.min((last ?? 0) + 1, filled)) };
}

/** The same where time is told apart, which whole sessions do not. */
export function timedStretchOf(period: Period, now: number, tiers: readonly Tier[]): Stretch {
  const stretch = stretchOf(period, now, tiers);
  return stretch.tier > 0 ? stretch : { tier: QUARTER_SECONDS, from: 0, to: period.to };
}
