/** What all machines of a simulation share: a clock, chance, and maybe a Redis. */

import { seededRandom } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { ageLeases } from "../pipeline/redis_stage.ts";
import { QuietWatch } from "./quiet_watch.ts";
import { type WatchedProcesses, watchProcesses } from "./sim_process.ts";

/** More who wake one after the other are woken together: as after a long sleep. */
const WAKES_MAX = 40;
const PASSES_MAX = 400;
const PATIENT_PASSES = 20;

/** The world of one simulation. */
export class SimWorld implements AsyncDisposable {
  readonly clock = new VirtualClock();
  readonly random: () => number;
  readonly watch = new QuietWatch();
  /** What was done, for whoever has to understand a failure. */
  readonly log: string[] = [];
  readonly redisUrl: string | undefined;
  /** The latest moment that the clock ever showed. */
  latest = this.clock.now();
  /** For what is not done by any process. */
  #side: RedisConnection | undefined;
  readonly #processes: WatchedProcesses;

  constructor(seed: number, redisUrl?: string) {
    this.random = seededRandom(seed);
    this.redisUrl = redisUrl;
    this.#processes = watchProcesses();
  }

  /** A number below `max`. */
  upTo(max: number): number {
    return Math.floor(this.random() * max);
  }

  /** One of them. */
  pick<T>(items: readonly T[]): T {
    return items[this.upTo(items.length)]!;
  }

  /** Looks at the part of Redis that an installation has. */
  joinRedis(namespace: string): void {
    if (this.redisUrl === undefined || this.#side) return;
    this.#side = new RedisConnection({ url: this.redisUrl, namespace });
  }

  /** Redis loses all it has. */
  async flushRedis(): Promise<void> {
    await this.#side?.client.flushall();
  }

  /** Entries that wait in Redis. */
  async redisDepth(): Promise<number> {
    return await this.#side?.client.xlen(this.#side.key("telemetry:events")) ?? 0;
  }

  /** Lets time pass; who sleeps is woken in turn, or all at the end of a long time. */
  async pass(ms: number): Promise<void> {
    await this.#processes.settled();
    for (let left = ms, wakes = 0; left > 0; wakes++) {
      const nextIn = (this.clock.nextAt() ?? Infinity) - this.clock.now();
      const step = wakes < WAKES_MAX ? Math.min(left, Math.max(1, nextIn)) : left;
      // First, as whoever wakes may take or give back what is under lease.
      if (this.#side) await ageLeases(this.#side, step);
      this.clock.advance(step);
      this.latest = Math.max(this.latest, this.clock.now());
      left -= step;
      await this.#processes.settled();
    }
  }

  /** Lets time pass until nothing is missing, as `find` says. */
  async until(find: () => string | Promise<string>): Promise<void> {
    for (let passes = 0;; passes++) {
      const missing = await find();
      if (missing === "") return;
      if (passes === PASSES_MAX) throw new Error(`Cannot go on: ${missing}`);
      await this.pass(1000);
    }
  }

  /** Lets time pass until a promise is settled. */
  async during<T>(promise: Promise<T>, missing: string): Promise<T> {
    let isSettled = false;
    const settle = () => isSettled = true;
    promise.then(settle, settle);
    let waits = 0;
    await this.until(async () => {
      if (isSettled) return "";
      // A connection ends in its own time, which the clock knows nothing of.
      if (++waits > PATIENT_PASSES) await new Promise((resolve) => setTimeout(resolve, 20));
      return isSettled ? "" : missing;
    });
    return await promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#side?.[Symbol.asyncDispose]();
    this.#processes[Symbol.dispose]();
    this.watch[Symbol.dispose]();
  }
}
