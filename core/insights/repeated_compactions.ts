/**
 * A session whose context was full and compacted again and again.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { TURN_BEGINNINGS } from "../session_counts.ts";

/** From so many on a session holds more than one thing. */
const COMPACTIONS_MIN = 3;
const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** Compactions of a session; n is how many turns it had. */
export const repeatedCompactions: SessionKind = {
  name: "context.repeated_compactions",
  type: "context",
  counts: "compactions",
  of: "turns",
  levels: { medium: 5, high: 8 },
  title: ({ count }) => `The context was compacted ${formatCount(count)} times`,
  suggestion: "Begin a new session for a new task: what is compacted away has to be read or " +
    "said again",
  watch() {
    let turns = 0;
    const compactions: number[] = [];
    return {
      input({ at, type }) {
        if (BEGINNINGS.has(type)) turns++;
        if (type === "context_compact") compactions.push(at);
      },
      found() {
        const count = compactions.length;
        if (count < COMPACTIONS_MIN) return [];
        return [{ at: compactions[0]!, untilAt: compactions.at(-1)!, count, n: turns }];
      },
    };
  },
};
