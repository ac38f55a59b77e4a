/**
 * Scales of charts: where they end, so that the numbers beside them are round.
 *
 * @module
 */

import { formatNumber } from "../../core/format.ts";

/** What a number is counted in. */
export type Unit = Parameters<typeof formatNumber>[1];

const STEPS = [1, 2, 4, 6, 8, 10];
const SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS;

/** The least round number that is no less than `most`; scales begin with 0. */
export function roundTop(most: number, unit: Unit): number {
  if (most <= 0) return unit === "ms" ? SECOND_MS : 1;
  const base = unit === "ms" ? timeBase(most) : 1;
  const scaled = most / base;
  const power = 10 ** Math.floor(Math.log10(scaled));
  // What is computed may miss a round number by its last digit.
  const step = STEPS.find((one) => one * power >= scaled * (1 - 1e-9)) ?? 10;
  const top = step * power * base;
  // There is no half of a thing, and no more than all.
  if (unit === "share") return Math.min(1, top);
  return unit === "usd" || unit === "ms" ? top : Math.max(1, Math.round(top));
}

/** What stands beside the top, the middle and the foot of a scale. */
export function scaleTexts(top: number, unit: Unit): [top: string, middle: string, foot: string] {
  const isHalfATrueNumber = unit === "usd" || unit === "share" || unit === "ms" || top % 2 === 0;
  return [
    formatNumber(top, unit),
    isHalfATrueNumber ? formatNumber(top / 2, unit) : "",
    formatNumber(0, unit),
  ];
}

function timeBase(ms: number): number {
  return ms < 2 * MINUTE_MS ? SECOND_MS : ms < 2 * HOUR_MS ? MINUTE_MS : HOUR_MS;
}
