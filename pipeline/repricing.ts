/**
 * Gives every response its price again after the prices changed, a slice at a time.
 *
 * @module
 */

import { type Database, LIMIT, prepareArrays, type Statement } from "../core/database.ts";
import { madeWith, noteMadeWith, priceFileMark } from "../core/made_with.ts";
import type { Prices } from "../core/prices.ts";
import type { MetricsFold } from "./derive/metrics_fold.ts";

const SLICE = 500;

/** One round over all responses; costs one query where the prices are those of the last round. */
export class Repricing {
  readonly #db: Database;
  readonly #fold: MetricsFold;
  readonly #mark: string;
  readonly #revision: string;
  readonly #next: Statement;
  #from = -1;
  #isDone: boolean;

  constructor(db: Database, fold: MetricsFold, prices: Prices, priceFile?: string) {
    this.#db = db;
    this.#fold = fold;
    this.#revision = prices.revision;
    this.#next = prepareArrays(
      db,
      `select key from responses where key > ? order by key ${LIMIT}`,
    );
    this.#mark = priceFileMark(priceFile);
    this.#isDone = madeWith(db, "prices") === this.#revision;
  }

  /** Prices the next slice; the caller holds the transaction. @returns whether there is more */
  step(): boolean {
    if (this.#isDone) return false;
    const keys = (this.#next.all(this.#from, SLICE) as unknown as [number][]).map(([key]) => key);
    this.#fold.reprice(keys);
    this.#from = keys.at(-1) ?? this.#from;
    this.#isDone = keys.length < SLICE;
    if (this.#isDone) {
      noteMadeWith(this.#db, "prices", this.#revision);
      noteMadeWith(this.#db, "price_file", this.#mark);
    }
    return !this.#isDone;
  }
}
