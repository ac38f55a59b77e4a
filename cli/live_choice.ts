/**
 * What a person chooses on the live screen, key by key.
 *
 * @module
 */

import { LIVE_PERIODS, type LivePeriod } from "../core/live_picture.ts";

/** What stands beside the headline numbers. */
export const LIVE_GROUPINGS = ["tools", "models", "projects"] as const;

/** One of {@linkcode LIVE_GROUPINGS}. */
export type LiveGrouping = typeof LIVE_GROUPINGS[number];

/** What is chosen. */
export interface LiveChoice {
  readonly period: LivePeriod;
  readonly grouping: LiveGrouping;
  /** The id of a platform; undefined for all. */
  readonly platform: string | undefined;
  readonly isPaused: boolean;
  readonly isHelp: boolean;
}

/** The keys, and what each does. */
export const LIVE_KEYS: readonly (readonly [key: string, does: string])[] = [
  [`1–${LIVE_PERIODS.length}`, `the period: ${LIVE_PERIODS.join(", ")}`],
  ["p", "the next period"],
  ["g", "beside the numbers: tools, models, or projects"],
  ["c", "all platforms, or one after the other"],
  ["space", "pauses, and goes on"],
  ["?", "shows and hides this"],
  ["q", "ends it, as Ctrl+C does"],
];

/** The choice after a key; the same one where the key means nothing. */
export function afterKey(
  choice: LiveChoice,
  key: string,
  platforms: readonly string[],
): LiveChoice {
  const period = /^[1-9]$/.test(key) ? LIVE_PERIODS[Number(key) - 1] : undefined;
  if (period) return { ...choice, period };
  if (key === "p") return { ...choice, period: next(LIVE_PERIODS, choice.period) };
  if (key === "g") return { ...choice, grouping: next(LIVE_GROUPINGS, choice.grouping) };
  if (key === "c") {
    return { ...choice, platform: next([undefined, ...platforms], choice.platform) };
  }
  if (key === " ") return { ...choice, isPaused: !choice.isPaused };
  return key === "?" ? { ...choice, isHelp: !choice.isHelp } : choice;
}

function next<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length]!;
}
