/**
 * The buckets by which a stretch of time is added up.
 *
 * @module
 */

import { QUARTER_SECONDS } from "../session_counts.ts";
import { keptFrom, type Tier } from "../tiers.ts";
import type { Period } from "./period.ts";

/** One stretch of buckets of one tier. */
export interface Stretch {
  /** Seconds; 0 of whole sessions. */
  readonly tier: number;
  readonly from: number;
  readonly to: number;
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

/** Quarters of an hour where they are whole, and the stretch's own buckets on both sides. */
export function piecesOf({ tier, from, to }: Stretch): Stretch[] {
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

/** The finest tier that still holds the whole period; whole sessions where there is no bound. */
export function stretchOf({ from, to }: Period, now: number, tiers: readonly Tier[]): Stretch {
  if (from === undefined && to > now) return { tier: 0, from: 0, to: 1 };
  // Both ends move back to where their bucket begins, so that two periods share none; the bucket
  // that is being filled counts as far as it goes.
  const begin = (at: number, seconds: number) =>
    Math.floor(at / (seconds * 1000)) * seconds * 1000;
  const start = from ?? 0;
  const holds = (tier: Tier) => begin(start, tier.seconds) >= keptFrom(tier, now);
  const { seconds } = tiers.find((tier) => tier.seconds > 0 && holds(tier)) ?? tiers.at(-1)!;
  return { tier: seconds, from: begin(start, seconds), to: to > now ? to : begin(to, seconds) };
}

/** A period as its buckets have it. */
export function alignedPeriod(period: Period, now: number, tiers: readonly Tier[]): Period {
  const { tier, from, to } = stretchOf(period, now, tiers);
  return tier === 0 ? period : { from, to };
}

/** The same where time is told apart, which whole sessions do not. */
export function timedStretchOf(period: Period, now: number, tiers: readonly Tier[]): Stretch {
  const stretch = stretchOf(period, now, tiers);
  return stretch.tier > 0 ? stretch : { tier: QUARTER_SECONDS, from: 0, to: period.to };
}
