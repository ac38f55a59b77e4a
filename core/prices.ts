/**
 * What one API response costs, offline: by the user's own prices, then by the table of list
 * prices that is part of the program.
 *
 * @module
 */

import { hash } from "node:crypto";
import { type OwnPrice, readPriceFile } from "./price_file.ts";
import { Price } from "./prices/price.ts";
import { findModel, type PriceTable } from "./prices/price_table.ts";
import tableText from "./prices/table.json" with { type: "text" };

/** Usage of one API response. Token counts are whole numbers. */
export interface PricedUsage {
  /** As the response names it. */
  readonly model: string;
  /** Milliseconds since 1970 UTC: the price of that moment counts. */
  readonly at: number;
  /** Tokens that were neither read from the cache nor written to it. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** Cache writes kept for 5 minutes, or for a time that is not known. */
  readonly cacheCreation5m: number;
  /** Cache writes kept for an hour. */
  readonly cacheCreation1h: number;
  readonly webSearches: number;
  /** Whether the response was served in fast mode (`usage.speed`). */
  readonly fast: boolean;
}

/** Who reads it as code waits several times as long. */
const TABLE: PriceTable = JSON.parse(tableText);

/** The day on which the table of list prices was checked last, as `2026-11-24`. */
export const PRICES_CHECKED: string = TABLE.checked;

/** What the cache did to the cost of a response, in micro-dollars. */
export interface CacheEffect {
  /** What was read would have cost so much more as plain input. */
  readonly readSaved: number;
  /** What was written cost so much more than plain input. */
  readonly writeExtra: number;
}

/** To be raised when the same prices are applied in another way. */
const RULES = 2;

/** Knows prices; remembers what each name of a model means. */
export class Prices {
  readonly #table: PriceTable;
  #own: readonly OwnPrice[] = [];
  #revision = "";
  readonly #known = new Map<string, readonly Price[]>();
  readonly #contexts = new Map<string, number | null>();

  constructor(table: PriceTable) {
    this.#table = table;
  }

  /** Changes whenever any price may have changed. */
  get revision(): string {
    return this.#revision;
  }

  /**
   * Puts the user's own prices in the place of those before.
   *
   * @param file text of the user's own price file, if there is one
   * @throws {PriceFileError} when it cannot be understood; all is as it was then
   */
  take(file: string | undefined): void {
    this.#own = file === undefined ? [] : readPriceFile(file);
    const all = `${RULES}\n${this.#table.revision}\n${file ?? ""}`;
    this.#revision = hash("sha256", all, "hex").slice(0, 16);
    this.#known.clear();
  }

  /**
   * Whole micro-dollars, rounded half up at the very end; null when the model, or fast mode with
   * it, has no price. Web searches cost the same in fast mode.
   */
  costOf(usage: PricedUsage): number | null {
    let prices = this.#known.get(usage.model);
    if (!prices) {
      prices = this.#pricesOf(usage.model);
      this.#known.set(usage.model, prices);
    }
    for (const price of prices) if (price.holdsAt(usage.at)) return price.costOf(usage);
    return null;
  }

  /**
   * What the cache did to a cost, which would be `cost + readSaved − writeExtra` without it; null
   * where there is no price.
   */
  cacheEffectOf(usage: PricedUsage): CacheEffect | null {
    const { input, cacheRead, cacheCreation5m: short, cacheCreation1h: long } = usage;
    if (cacheRead + short + long === 0) return { readSaved: 0, writeExtra: 0 };
    const unread = { ...usage, input: input + cacheRead, cacheRead: 0 };
    const plain = {
      ...unread,
      input: unread.input + short + long,
      cacheCreation5m: 0,
      cacheCreation1h: 0,
    };
    const cost = this.costOf(usage), unreadCost = this.costOf(unread);
    const plainCost = this.costOf(plain);
    if (cost === null || unreadCost === null || plainCost === null) return null;
    return { readSaved: unreadCost - cost, writeExtra: unreadCost - plainCost };
  }

  /**
   * How many tokens fit into a model's context, by the table: the largest that it is sold with.
   * Null where that is not known.
   */
  contextOf(model: string): number | null {
    let context = this.#contexts.get(model);
    if (context === undefined) {
      context = findModel(this.#table, model)?.context ?? null;
      this.#contexts.set(model, context);
    }
    return context;
  }

  /** Every price of a model, that first which counts when several hold. */
  #pricesOf(model: string): Price[] {
    const listed = findModel(this.#table, model)?.prices ?? [];
    const own = this.#own.filter((price) => price.isFor(model)).map(({ entry }) => entry);
    return [...own, ...listed.toReversed()].map((entry) => new Price(entry));
  }
}

/**
 * Opens the prices.
 *
 * @param file text of the user's own price file, if there is one
 * @throws {PriceFileError} when it cannot be understood
 */
export function openPrices(file: string | undefined): Prices {
  const prices = new Prices(TABLE);
  prices.take(file);
  return prices;
}
