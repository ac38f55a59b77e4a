/**
 * Events of exports that wait, in memory alone, until it is known that their session is in no
 * folder that is left out: an export names its session, and only hooks and transcripts tell where
 * that works.
 *
 * @module
 */

import type { TelemetryEvent } from "../core/event.ts";
import type { Gate } from "./gate.ts";

/** Time for a hook or a line to tell that a session went to another folder. */
export const SETTLE_MS = 5000;
/** After so long nobody is expected to tell the folder of a session. */
export const UNKNOWN_MS = 10 * 60 * 1000;
/** How many events wait at most; about 10 MiB. */
export const WAITING_MAX = 5000;

/** Holds them; see there. */
export class HeldExports {
  readonly #gate: Gate;
  #waiting: { readonly event: TelemetryEvent; readonly since: number }[] = [];
  #excluded = 0;
  #unknown = 0;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  /**
   * How many wait, and how many were dropped since the start: because their sessions were in a
   * folder that is left out, or because nothing told in time where they were.
   */
  get counts() {
    return { waiting: this.#waiting.length, excluded: this.#excluded, unknown: this.#unknown };
  }

  /**
   * Takes in what may have to wait.
   *
   * @param now milliseconds, as in {@linkcode take}
   * @returns how many there is no room for: whoever sent them is told
   */
  hold(events: readonly TelemetryEvent[], now: number): number {
    const wanted = events.filter((event) => !this.#isOut(event));
    const taken = wanted.slice(0, WAITING_MAX - this.#waiting.length);
    for (const event of taken) this.#waiting.push({ event, since: now });
    return wanted.length - taken.length;
  }

  /** What may be stored now; what may never be is dropped and counted. */
  take(now: number): TelemetryEvent[] {
    const due: TelemetryEvent[] = [];
    this.#waiting = this.#waiting.filter(({ event, since }) => {
      if (this.#isOut(event)) return false;
      const waitedMs = now - since;
      const isKnown = this.#gate.leavesOut(event.sessionId) === false;
      // Of a clock that was set back nothing is known.
      if (waitedMs >= 0 && waitedMs < (isKnown ? SETTLE_MS : UNKNOWN_MS)) return true;
      if (isKnown) due.push(event);
      else this.#unknown++;
      return false;
    });
    return due;
  }

  /** The same at the end, when there is no time to wait: what is not known may not be stored. */
  takeLast(): TelemetryEvent[] {
    return this.take(Infinity);
  }

  #isOut({ sessionId }: TelemetryEvent): boolean {
    const isOut = this.#gate.leavesOut(sessionId) === true;
    if (isOut) this.#excluded++;
    return isOut;
  }
}
