/**
 * A session in which a person broke off many turns.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { TURN_BEGINNINGS } from "../session_counts.ts";
import { surelyOver } from "./surely_over.ts";

const INTERRUPTED_MIN = 3;
/** One turn in ten goes wrong for anybody. */
const SHARE_OVER = 0.1;
const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** Turns with an interruption, of all turns. */
export const interruptions: SessionKind = {
  name: "patterns.interruptions",
  type: "patterns",
  counts: "interrupted",
  of: "turns",
  levels: { medium: 6, high: 12 },
  title: ({ count, n }) => `You broke off ${formatCount(count)} of ${formatCount(n)} turns`,
  suggestion: "Have a plan shown before the work begins, and give smaller tasks",
  watch() {
    let turns = 0, isBroken = false;
    const times: number[] = [];
    return {
      input({ at, type }) {
        if (BEGINNINGS.has(type)) {
          turns++;
          isBroken = false;
        }
        if (type !== "interruption" || isBroken || turns === 0) return;
        isBroken = true;
        times.push(at);
      },
      found() {
        const count = times.length;
        if (count < INTERRUPTED_MIN || !surelyOver(count, turns, SHARE_OVER)) return [];
        return [{ at: times[0]!, untilAt: times.at(-1)!, count, n: turns }];
      },
    };
  },
};
