/**
 * Shades for numbers: a quarter of those that are not 0 has each, and a legend says from where on.
 *
 * @module
 */

import { formatNumber } from "../../core/format.ts";
import { type ChartLook, NOT_KNOWN } from "./chart_look.ts";
import type { Unit } from "./scale.ts";

/** Shades by number. */
export interface Shades {
  of(value: number | null): string;
  /** What each stands for, in texts that stay whole. */
  readonly legend: readonly string[];
}

/** The shades of these numbers; null is not known. */
export function shadesOf(
  values: readonly (number | null)[],
  unit: Unit,
  { signs }: ChartLook,
): Shades {
  const known = values.filter((value) => value !== null && value > 0).toSorted((a, b) => a! - b!);
  const quarters = [1, 2, 3, 4].map((i) => known[Math.ceil(known.length * i / 4) - 1]!);
  const bounds = known.length === 0 ? [] : [...new Set(quarters)];
  const [none, ...shades] = signs.shades;
  const used = shades.slice(shades.length - bounds.length);
  const hasUnknown = values.includes(null);
  return {
    of(value) {
      if (value === null) return NOT_KNOWN;
      return value <= 0 ? none : used[bounds.findIndex((bound) => value <= bound)]!;
    },
    legend: [
      `${none} ${formatNumber(0, unit)}`,
      ...bounds.map((bound, i) => `${used[i]} to ${formatNumber(bound, unit)}`),
      ...hasUnknown ? [`${NOT_KNOWN} not known`] : [],
    ],
  };
}

/** The lines of a legend. */
export function legendLines({ legend }: Shades, { paint, width }: ChartLook): string[] {
  const lines: string[] = [];
  for (const part of legend) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= width) {
      lines[lines.length - 1] = `${last}  ${part}`;
    } else lines.push(` ${part}`);
  }
  return lines.map((line) => paint.dim(line));
}
