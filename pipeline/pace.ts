/**
 * How much work fits between two looks at the queue of events, from what such work has cost so
 * far.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";

/** A waiting batch of events waits no longer than that. */
const SLICE_MS = 5;
/** How much the last slice says beside those before it: dear ones are soon believed. */
const WEIGHTS = { dearer: 0.5, cheaper: 0.05 };

/** Measures one kind of work. */
export class Pace {
  readonly #clock: Clock;
  readonly #unitsMax: number;
  /** Nothing is known at first: one unit may take it all. */
  #unitMs = SLICE_MS;

  /** @param unitsMax more than that are never done at once */
  constructor(clock: Clock, unitsMax: number) {
    this.#clock = clock;
    this.#unitsMax = unitsMax;
  }

  /** How many units fit in a slice, at least one. */
  get units(): number {
    return Math.max(1, Math.min(this.#unitsMax, Math.floor(SLICE_MS / this.#unitMs)));
  }

  /**
   * Lets `work` do that many units, and learns from how long it took.
   *
   * @param work gives how many units it did
   * @returns whether it did any
   */
  async run(work: (units: number) => Promise<number>): Promise<boolean> {
    const startedAt = this.#clock.now();
    const units = await work(this.units);
    if (units === 0) return false;
    // The clock may have been set back since.
    const unitMs = Math.max(0, this.#clock.now() - startedAt) / units;
    const weight = unitMs > this.#unitMs ? WEIGHTS.dearer : WEIGHTS.cheaper;
    this.#unitMs += weight * (unitMs - this.#unitMs);
    return true;
  }
}
