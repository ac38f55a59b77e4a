/**
 * Gives every response its price again after the prices changed, a slice at a time.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../core/database.ts";
import type { Prices } from "../core/prices.ts";
import type { MetricsFold } from "./derive/metrics_fold.ts";

const SLICE = 500;

/** One round over all responses; costs one query where the prices are those of the last round. */
export class Repricing {
  readonly #fold: MetricsFold;
  readonly #revision: string;
  readonly #next: Statement;
  readonly #note: Statement;
  #from = -1;
  #isDone: boolean;

  constructor(db: Database, fold: MetricsFold, prices: Prices) {
    this.#fold = fold;
    this.#revision = prices.revision;
    this.#next = prepareArrays(
      db,
      "select key from responses where key > ? order by key limit ?",
    );
    this.#note = db.prepare(
      `insert into made_with (name, value) values ('prices', ?)
       on conflict (name) do update set value = excluded.value`,
    );
    this.#isDone = madeWithPrices(db) === this.#revision;
  }

  /** Prices the next slice; the caller holds the transaction. @returns whether there is more */
  step(): boolean {
    if (this.#isDone) return false;
    const keys = (this.#next.all(this.#from, SLICE) as unknown as [number][]).map(([key]) => key);
    this.#fold.reprice(keys);
    this.#from = keys.at(-1) ?? this.#from;
    this.#isDone = keys.length < SLICE;
    if (this.#isDone) this.#note.run(this.#revision);
    return !this.#isDone;
  }
}

/** The revision of the prices that the costs in a database were made with. */
export function madeWithPrices(db: Database): string | undefined {
  const row = prepareArrays(db, "select value from made_with where name = 'prices'").get();
  return (row as unknown as [string] | undefined)?.[0];
}
