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

/** Rounds over all responses; one costs a query where the prices are those of the last round. */
export class Repricing {
  readonly #db: Database;
  readonly #fold: MetricsFold;
  readonly #prices: Prices;
  readonly #next: Statement;
  #mark = "";
  #from = -1;
  #isDone = true;

  constructor(db: Database, fold: MetricsFold, prices: Prices, priceFile?: string) {
    this.#db = db;
    this.#fold = fold;
    this.#prices = prices;
    this.#next = prepareArrays(
      db,
      `select key from responses where key > ? order by key ${LIMIT}`,
    );
    this.#begin(priceFile);
  }

  /**
   * Begins a round with other prices.
   *
   * @param priceFile text of the user's own price file, if there is one
   * @throws {PriceFileError} when it cannot be understood; the prices stay as they are then
   */
  take(priceFile: string | undefined): void {
    this.#prices.take(priceFile);
    this.#begin(priceFile);
  }

  /** Prices the next slice; the caller holds the transaction. @returns whether there is more */
  step(): boolean {
    if (this.#isDone) return false;
    const keys = (this.#next.all(this.#from, SLICE) as unknown as [number][]).map(([key]) => key);
    this.#fold.reprice(keys);
    this.#from = keys.at(-1) ?? this.#from;
    this.#isDone = keys.length < SLICE;
    if (this.#isDone) {
      noteMadeWith(this.#db, "prices", this.#prices.revision);
      noteMadeWith(this.#db, "price_file", this.#mark);
    }
    return !this.#isDone;
  }

  #begin(priceFile: string | undefined): void {
    this.#mark = priceFileMark(priceFile);
    this.#from = -1;
    this.#isDone = madeWith(this.#db, "prices") === this.#prices.revision;
  }
}
