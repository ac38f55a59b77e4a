/**
 * All patterns of edits that some sessions have, as numbers, and how often each of the sessions
 * has them: models of any part of the sessions are fitted from it.
 *
 * @module
 */

import { addPatterns, type EditSums } from "./edit_sums.ts";
import { FeatureCode } from "./feature_code.ts";
import { type LabelledRows, LogisticModel } from "./logistic.ts";

/** Edits of one session that are alike in what has a number. */
interface SessionRow {
  /** Place in the table. */
  readonly row: number;
  readonly n: number;
  readonly good: number;
}

/** The patterns of some sessions. */
export class PatternTable {
  readonly code: FeatureCode;
  /** By row: the numbers of its features. */
  readonly #features: (readonly number[])[] = [];
  readonly #sessions: readonly (readonly SessionRow[])[];
  readonly #ofAll = new Map<number, LogisticModel>();

  constructor(sessions: readonly EditSums[]) {
    const all = addPatterns(sessions.flatMap(({ patterns }) => patterns));
    this.code = new FeatureCode(all);
    const rows = this.#number(all);
    this.#sessions = sessions.map(({ patterns }) =>
      patterns.map(({ name, n, good }) => ({ row: rows.get(name)!, n, good }))
    );
  }

  /** The rows of some sessions, added up. @param sessions by their places */
  rowsOf(sessions: readonly number[]): LabelledRows[] {
    const n = new Float64Array(this.#features.length), good = new Float64Array(n.length);
    for (const session of sessions) {
      for (const one of this.#sessions[session]!) {
        n[one.row]! += one.n;
        good[one.row]! += one.good;
      }
    }
    return this.#features.flatMap((features, row) =>
      n[row]! > 0 ? [{ features, n: n[row]!, good: good[row]! }] : []
    );
  }

  /** The model of all sessions. @param ridge how strongly weights are held to 0 */
  modelOfAll(ridge: number): LogisticModel {
    const known = this.#ofAll.get(ridge);
    if (known) return known;
    const near = this.#ofAll.values().next().value;
    const rows = this.rowsOf([...this.#sessions.keys()]);
    const model = new LogisticModel(rows, this.code.values.length, ridge, near?.weights);
    this.#ofAll.set(ridge, model);
    return model;
  }

  /** The model of some sessions, which is near to that of all. */
  modelOf(rows: readonly LabelledRows[], ridge: number): LogisticModel {
    const { weights } = this.modelOfAll(ridge);
    return new LogisticModel(rows, this.code.values.length, ridge, weights);
  }

  /** What is rare has no number, so that several patterns may be one row. */
  #number(patterns: ReturnType<typeof addPatterns>): ReadonlyMap<string, number> {
    const known = new Map<string, number>();
    return new Map(patterns.map(({ name, features }) => {
      const numbers = this.code.encode(features), text = numbers.join();
      const row = known.get(text) ?? this.#features.push(numbers) - 1;
      known.set(text, row);
      return [name, row];
    }));
  }
}
