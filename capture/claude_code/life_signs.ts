/**
 * Signs of life: moments at which a transcript shows that its session was going on, though no
 * event tells of them. They widen the session, and they say which of two forks came first.
 *
 * @module
 */

import { objectOf, timeOf } from "../json_access.ts";
import type { LineContext } from "./transcript_parser.ts";

/** What must be known of the lines before, as it is kept between two reads. */
export interface LifeState {
  /** Whether a native moment was told. */
  native: boolean;
  /** The stretch of time that was told, in milliseconds; null before any. */
  first: number | null;
  last: number | null;
}

/** Follows the lines of one file. */
export class LifeSigns {
  readonly state: LifeState;
  #first: LineContext | undefined;
  #last: LineContext | undefined;

  constructor(state: LifeState) {
    this.state = state;
  }

  /** The earliest moment of all lines so far; undefined before any. */
  get begunAt(): number | undefined {
    return this.state.first === null
      ? this.#first?.time
      : Math.min(this.state.first, this.#first?.time ?? Infinity);
  }

  /** Notes a line; `told` is whether an event tells of it. */
  note(context: LineContext, told: boolean): void {
    const { time } = context;
    if (time === undefined) return;
    if (told) {
      this.#widen(time);
      return;
    }
    const { first, last } = this.state;
    if (time < Math.min(first ?? Infinity, this.#first?.time ?? Infinity)) this.#first = context;
    if (time > Math.max(last ?? -Infinity, this.#last?.time ?? -Infinity)) this.#last = context;
  }

  /**
   * The first moment at which this very file was written to: a fork copies lines with a uuid,
   * and none without. Told once; undefined for every other line.
   */
  takeNative({ uuid, time, line }: LineContext): number | undefined {
    if (this.state.native || uuid !== undefined || line.message !== undefined) return undefined;
    const at = time ?? timeOf(objectOf(line.snapshot).timestamp);
    this.state.native = at !== undefined;
    return at;
  }

  /** The lines that widen what was told, once the last line of a read was noted. */
  take(): readonly LineContext[] {
    const lines = new Set([this.#first, this.#last]);
    this.#first = this.#last = undefined;
    const { first, last } = this.state;
    const wider = [...lines].filter((line) => line !== undefined).filter(({ time }) =>
      time! < (first ?? Infinity) || time! > (last ?? -Infinity)
    );
    for (const { time } of wider) this.#widen(time!);
    return wider;
  }

  #widen(time: number): void {
    this.state.first = Math.min(this.state.first ?? Infinity, time);
    this.state.last = Math.max(this.state.last ?? -Infinity, time);
  }
}

/** The state as it was kept, trusting nothing. */
export function lifeState(kept: Record<string, unknown>): LifeState {
  const time = (value: unknown) => typeof value === "number" ? value : null;
  return { native: kept.native === true, first: time(kept.first), last: time(kept.last) };
}
