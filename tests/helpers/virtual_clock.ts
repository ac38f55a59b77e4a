/** A clock whose hands only a test moves. */

import type { Clock } from "../../core/clock.ts";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A {@linkcode Clock} that stands still until it is advanced. */
export class VirtualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now = Date.UTC(2026, 2, 1, 12)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted || timeoutMs <= 0) return resolve();
      const wake = () => {
        signal?.removeEventListener("abort", wake);
        this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.wake !== wake);
        resolve();
      };
      this.#sleepers.push({ until: this.#now + timeoutMs, wake });
      signal?.addEventListener("abort", wake, { once: true });
    });
  }

  /** When the next of those who sleep has to wake; undefined when nobody sleeps. */
  nextAt(): number | undefined {
    if (this.#sleepers.length === 0) return undefined;
    return Math.min(...this.#sleepers.map(({ until }) => until));
  }

  /** Is set back, as by a user or a time server: who sleeps sleeps no longer for that. */
  setBack(ms: number): void {
    this.#now -= ms;
    this.#sleepers = this.#sleepers.map((sleeper) => ({ ...sleeper, until: sleeper.until - ms }));
  }

  /** Lets time pass and wakes those whose time has come, the earliest first. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    for (const { wake } of due.sort((a, b) => a.until - b.until)) wake();
  }
}
