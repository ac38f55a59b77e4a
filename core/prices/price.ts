/**
 * One price of one model: when it holds, and what a response costs by it.
 *
 * @module
 */

import type { PricedUsage } from "../prices.ts";

/** Prices of tokens, in USD for a million. */
export interface TokenRates {
  readonly input: number;
  readonly output: number;
  /** As `input` where it is not given: no discount is known. */
  readonly cache_read?: number;
  /** 1.25 × `input` where it is not given. */
  readonly cache_write_5m?: number;
  /** 2 × `input` where it is not given. */
  readonly cache_write_1h?: number;
}

/** A price as `table.json` and `prices.json` write it. */
export interface PriceEntry extends TokenRates {
  /** First day, UTC (`2026-03-13`). */
  readonly since?: string;
  /** The day after the last, UTC. */
  readonly until?: string;
  /** Time of day, UTC, from which on and before which it holds (`01:00`). */
  readonly daily?: readonly [from: string, to: string];
  /** USD for 1,000 searches; 10 where it is not given. */
  readonly web_search?: number;
  /** What fast mode multiplies tokens by; without it, fast mode has no price. */
  readonly fast_multiplier?: number;
  /** The rates of a whole request of more than `above` tokens, cached ones included. */
  readonly long_context?: TokenRates & { readonly above: number };
}

/** A price made ready for being asked a million times. */
export class Price {
  readonly #since: number;
  readonly #until: number;
  readonly #daily: readonly [from: number, to: number] | undefined;
  readonly #rates: Rates;
  readonly #longRates: Rates | undefined;
  readonly #above: number;
  readonly #search: bigint;
  readonly #fast: bigint | undefined;

  constructor(entry: PriceEntry) {
    this.#since = entry.since === undefined ? -Infinity : Date.parse(entry.since);
    this.#until = entry.until === undefined ? Infinity : Date.parse(entry.until);
    this.#daily = entry.daily && [timeOfDay(entry.daily[0]), timeOfDay(entry.daily[1])];
    this.#rates = ratesOf(entry);
    this.#longRates = entry.long_context && ratesOf(entry.long_context);
    this.#above = entry.long_context?.above ?? Infinity;
    this.#search = scaled((entry.web_search ?? 10) * 1000);
    this.#fast = entry.fast_multiplier === undefined ? undefined : scaled(entry.fast_multiplier);
  }

  /** Says whether this is the price at a moment, in milliseconds since 1970 UTC. */
  holdsAt(at: number): boolean {
    if (at < this.#since || at >= this.#until) return false;
    if (!this.#daily) return true;
    const [from, to] = this.#daily;
    const time = at % DAY_MS;
    return from <= to ? time >= from && time < to : time >= from || time < to;
  }

  /** Micro-dollars, rounded half up once; null when fast mode has no price. */
  costOf(usage: PricedUsage): number | null {
    if (usage.fast && this.#fast === undefined) return null;
    const { input, output, cacheRead, cacheCreation5m, cacheCreation1h } = usage;
    const prompt = input + cacheRead + cacheCreation5m + cacheCreation1h;
    const rates = this.#longRates && prompt > this.#above ? this.#longRates : this.#rates;
    const tokens = BigInt(input) * rates.input + BigInt(output) * rates.output +
      BigInt(cacheRead) * rates.cacheRead +
      BigInt(cacheCreation5m) * rates.cacheWrite5m +
      BigInt(cacheCreation1h) * rates.cacheWrite1h;
    const factor = usage.fast ? this.#fast! : SCALE;
    const total = tokens * factor + BigInt(usage.webSearches) * this.#search * SCALE;
    return Number((total + HALF_MICRO) / MICRO);
  }
}

interface Rates {
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite5m: bigint;
  readonly cacheWrite1h: bigint;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole parts of a unit, so that sums are exact: every list price has fewer digits. */
const SCALE = 10n ** 8n;

/** A micro-dollar is what a token costs at one USD a million; times SCALE for rate and factor. */
const MICRO = SCALE * SCALE;
const HALF_MICRO = MICRO / 2n;

function scaled(amount: number): bigint {
  return BigInt(Math.round(amount * Number(SCALE)));
}

function ratesOf(rates: TokenRates): Rates {
  return {
    input: scaled(rates.input),
    output: scaled(rates.output),
    cacheRead: scaled(rates.cache_read ?? rates.input),
    cacheWrite5m: scaled(rates.cache_write_5m ?? rates.input * 1.25),
    cacheWrite1h: scaled(rates.cache_write_1h ?? rates.input * 2),
  };
}

function timeOfDay(text: string): number {
  return Date.parse(`1970-01-01T${text}Z`);
}
