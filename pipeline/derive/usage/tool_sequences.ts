/**
 * Which tools the main thread calls one after the other: twos and threes within a turn.
 *
 * @module
 */

import { TURN_BEGINNINGS } from "../../../core/session_counts.ts";
import type { CallSeen, InputSeen } from "../../../core/insight_rule.ts";
import type { UsagePart } from "./usage_part.ts";

/** Two or three tools, and how often they were called in this order. */
export type ToolSequence = readonly [tools: readonly string[], count: number];

const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);
const KEPT_MAX = 5;
/** What happens once is no habit. */
const COUNT_MIN = 2;

/** Watches for sequences. */
export class SequenceWatch implements UsagePart {
  readonly #counts = new Map<string, number>();
  #last: string[] = [];

  /** A new turn begins anew. */
  input({ type }: InputSeen): void {
    if (BEGINNINGS.has(type)) this.#last = [];
  }

  /** Takes a call in. */
  call({ side, tool }: CallSeen): void {
    if (side) return;
    this.#last = [...this.#last.slice(-2), tool];
    for (let from = 0; from < this.#last.length - 1; from++) {
      const name = this.#last.slice(from).join(" ");
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    }
  }

  /** The most frequent twos, and threes. */
  found(): ToolSequence[] {
    const all = [...this.#counts].filter(([, count]) => count >= COUNT_MIN)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .map(([name, count]): ToolSequence => [name.split(" "), count]);
    return [2, 3].flatMap((length) =>
      all.filter(([tools]) => tools.length === length).slice(0, KEPT_MAX)
    );
  }
}
