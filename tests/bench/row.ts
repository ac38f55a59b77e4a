/**
 * What a bench gives: measured values beside what they ought to be.
 *
 * @module
 */

/** One line of the table. */
export interface BenchRow {
  /** `Part: operation (size)`. */
  readonly name: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
}

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** A row of a rate that ought to be high. */
export function atLeast(name: string, value: number, target: number, unit: string): BenchRow {
  return {
    name,
    measured: `${round(value)} ${unit}`,
    target: `≥ ${target.toLocaleString("en-US")} ${unit}`,
    met: value >= target,
  };
}

/** A row of a time or size that ought to be low. */
export function atMost(name: string, value: number, target: number, unit: string): BenchRow {
  return {
    name,
    measured: `${round(value)} ${unit}`,
    target: `≤ ${target.toLocaleString("en-US")} ${unit}`,
    met: value <= target,
  };
}

function round(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value.toFixed(value < 1 ? 2 : 1);
}
