/**
 * Rows that become one: what they have in common in words, and the means of their numbers. A
 * group keeps sums, not rows.
 *
 * @module
 */

import { randomInt } from "node:crypto";
import type { ExportCell } from "../exported.ts";

/** A row that is to become one with others; a number that is not known is NaN. */
export interface GroupRow {
  readonly unit: string;
  readonly categories: readonly ExportCell[];
  readonly numbers: Float64Array;
}

const SIGNIFICANT_DIGITS = 3;
const CHANCES = 1 << 20;

/** A group under way. */
export class Group {
  /** Whose rows they are. */
  readonly units: Set<string> = new Set();
  #categories: ExportCell[] | undefined;
  #sums: Float64Array | undefined;
  #rows = 0;

  /** Its rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Takes a row in. */
  add({ unit, categories, numbers }: GroupRow): void {
    this.units.add(unit);
    this.#take(categories, numbers, 1);
  }

  /** Takes another group in, which has a row or more. */
  join(other: Group): void {
    for (const unit of other.units) this.units.add(unit);
    this.#take(other.#categories!, other.#sums!, other.#rows);
  }

  /** One row for all of its rows; null where they disagree, or where one of them tells nothing. */
  cells(): ExportCell[] {
    // What is not known of one is not known of the group: sums would grow otherwise.
    const means = [...this.#sums!].map((sum) =>
      Number.isNaN(sum) ? null : rounded(sum / this.#rows)
    );
    return [...this.#categories!, ...means];
  }

  #take(categories: readonly ExportCell[], sums: Float64Array, rows: number): void {
    this.#categories = this.#categories
      ? this.#categories.map((value, i) => value === categories[i] ? value : null)
      : [...categories];
    this.#sums = this.#sums ? this.#sums.map((sum, i) => sum + sums[i]!) : sums.slice();
    this.#rows += rows;
  }
}

/** Up or down by chance, up the more often the nearer that is: sums stay right on average. */
function rounded(mean: number): number {
  if (mean === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(mean))) + 1 - SIGNIFICANT_DIGITS);
  const steps = Math.floor(mean / step + randomInt(CHANCES) / CHANCES);
  return Number((steps * step).toPrecision(SIGNIFICANT_DIGITS));
}
