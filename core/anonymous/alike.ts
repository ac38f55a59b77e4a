/**
 * Which rows are alike in words: their combinations of words are divided by one category after
 * the other as long as every part is of enough sessions (or days). A combination is kept once,
 * with as many units as are asked for: memory grows with the kinds of rows, not with their number.
 *
 * @module
 */

import type { ExportCell } from "../exported.ts";

/** What rows have in common in words. */
export interface Combination {
  /** What a group may agree on, the more important first; null where nothing is told. */
  readonly categories: readonly ExportCell[];
  /** Which numbers are known: rows stand together by that too. */
  readonly known: string;
}

/** A combination, and whose rows have it. */
interface Counted extends Combination {
  readonly id: number;
  /** At most k: those beyond change no decision. */
  readonly units: Set<string>;
}

/** Combinations of words, as rows are found to have them. */
export class Combinations {
  readonly #k: number;
  readonly #byKey = new Map<string, Counted>();
  readonly #all: Counted[] = [];

  /** @param k so many units are behind each part at least */
  constructor(k: number) {
    this.#k = k;
  }

  /** Notes a row. @returns the number of its combination */
  add({ categories, known }: Combination, unit: string): number {
    const key = JSON.stringify([categories, known]);
    let one = this.#byKey.get(key);
    if (!one) {
      one = { id: this.#all.length, categories, known, units: new Set() };
      this.#byKey.set(key, one);
      this.#all.push(one);
    }
    if (one.units.size < this.#k) one.units.add(unit);
    return one.id;
  }

  /** The words of a combination. */
  categoriesOf(id: number): readonly ExportCell[] {
    return this.#all[id]!.categories;
  }

  /**
   * All combinations in parts of at least k units that are as alike as can be.
   *
   * @returns their numbers; none where all rows together are of fewer units
   */
  parts(): number[][] {
    return this.#numbersOf([this.#all], 0);
  }

  /**
   * The same, but that what is of enough units by the first category stands alone, whatever is
   * left out for it.
   *
   * @returns their numbers; without the rest where that is of fewer units
   */
  partsApart(): number[][] {
    const byFirst = Map.groupBy(this.#all, ({ categories }) => categories[0]);
    const [large, few] = [true, false].map((isEnough) =>
      [...byFirst.values()].filter((part) => this.#isEnough(part) === isEnough)
    );
    return [...this.#numbersOf(large!, 1), ...this.#numbersOf([few!.flat()], 0)];
  }

  #numbersOf(parts: readonly (readonly Counted[])[], at: number): number[][] {
    return parts.filter((part) => this.#isEnough(part))
      .flatMap((part) => this.#divide(part, at))
      .map((part) => part.map(({ id }) => id));
  }

  #divide(part: readonly Counted[], at: number): (readonly Counted[])[] {
    const depth = part[0]!.categories.length;
    if (at > depth) return [part];
    const wordOf = (one: Counted) => at < depth ? one.categories[at] : one.known;
    const parts = [...Map.groupBy(part, wordOf).values()];
    const large = parts.filter((one) => this.#isEnough(one));
    const few = parts.filter((one) => !this.#isEnough(one)).flat();
    // Too few to stand alone, and there is nobody else to stand with: one part takes them in.
    const rest = few.length > 0 && !this.#isEnough(few) ? few.concat(large.pop() ?? []) : few;
    return [...large, ...(rest.length > 0 ? [rest] : [])]
      .flatMap((one) => this.#divide(one, at + 1));
  }

  #isEnough(part: readonly Counted[]): boolean {
    const units = new Set<string>();
    for (const one of part) {
      for (const unit of one.units) {
        units.add(unit);
        if (units.size >= this.#k) return true;
      }
    }
    return false;
  }
}
