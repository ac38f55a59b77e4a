/**
 * Limits on what a request may say, and on how many there may be.
 *
 * @module
 */

import type { MiddlewareHandler } from "hono";
import type { Clock } from "../core/clock.ts";
import { problem } from "./problem.ts";

/** How much is taken, and how often it is answered. */
export interface RequestLimits {
  /** Characters of an address. */
  readonly addressMax: number;
  /** Characters of all headers together. */
  readonly headersMax: number;
  /** Requests that are answered at once after a pause, and how many a second later on. */
  readonly burst: number;
  readonly perSecond: number;
}

/** More than any client of ours asks for. */
export const LIMITS: RequestLimits = {
  addressMax: 4096,
  headersMax: 16_384,
  burst: 1000,
  perSecond: 200,
};

/** Hooks and exporters tell a thing once; whoever can name itself is of this machine. */
const IS_TOLD_ONCE = /^\/(hooks|v1)\//;

/**
 * Refuses what is too long with 414 and 431, and what is asked too often with 429. What is told
 * only once is always let through.
 */
export function requestLimits(clock: Clock, limits: RequestLimits = LIMITS): MiddlewareHandler {
  const bucket = new Bucket(clock, limits);
  return async (c, next) => {
    if (c.req.url.length > limits.addressMax) {
      return problem(c, 414, "Cannot answer: the address is too long");
    }
    const headers = [...c.req.raw.headers];
    const size = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (size > limits.headersMax) {
      return problem(c, 431, "Cannot answer: the headers are too long");
    }
    const isToldOnce = c.req.method === "POST" && IS_TOLD_ONCE.test(c.req.path);
    const waitSeconds = isToldOnce ? 0 : bucket.take();
    if (waitSeconds > 0) {
      c.header("Retry-After", String(Math.ceil(waitSeconds)));
      return problem(c, 429, "Cannot answer: there are too many requests; try again later");
    }
    await next();
  };
}

/** Holds what may be asked for at once, and fills up again. */
export class Bucket {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #perSecond: number;
  #left: number;
  #at: number;

  constructor(clock: Clock, { burst, perSecond }: Pick<RequestLimits, "burst" | "perSecond">) {
    this.#clock = clock;
    this.#burst = this.#left = burst;
    this.#perSecond = perSecond;
    this.#at = clock.now();
  }

  /** Takes one. @returns 0, or after how many seconds there is one again */
  take(): number {
    const now = this.#clock.now();
    // The clock may have been set back.
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#left = Math.min(this.#burst, this.#left + seconds * this.#perSecond);
    if (this.#left < 1) return (1 - this.#left) / this.#perSecond;
    this.#left--;
    return 0;
  }
}
