/**
 * A session that went on for hours and held many tasks.
 *
 * @module
 */

import { formatCount, formatDuration } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { TURN_BEGINNINGS } from "../session_counts.ts";

/** Longer than anybody works on one thing. */
const ACTIVE_MS_MIN = 14_400_000;
const TURNS_MIN = 30;
/** Moments further apart than that are no work between them. */
const PAUSE_MS = 300_000;
const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** Time without pauses; clearing the context begins a new stretch, of which the longest counts. */
export const longSession: SessionKind = {
  name: "productivity.long_session",
  type: "productivity",
  counts: "active_ms",
  of: "turns",
  // In milliseconds: six hours, and ten.
  levels: { medium: 21_600_000, high: 36_000_000 },
  title: ({ count, n }) =>
    `A session went on for ${formatDuration(count)} of work and ${formatCount(n)} turns`,
  suggestion: "Begin a new session for each task, and clear the context between them",
  watch() {
    let at = 0, untilAt = 0, count = 0, n = 0;
    let longest = { at, untilAt, count, n };
    const pass = (moment: number) => {
      if (at === 0) at = moment;
      else if (moment - untilAt <= PAUSE_MS) count += moment - untilAt;
      untilAt = moment;
      if (n >= TURNS_MIN && count > longest.count) longest = { at, untilAt, count, n };
    };
    return {
      input({ at: moment, timed, type }) {
        if (type === "context_clear") {
          at =
            untilAt =
            count =
            n =
              0;
        }
        if (BEGINNINGS.has(type)) n++;
        if (timed) pass(moment);
      },
      response: (response) => pass(response.at),
      call: (call) => pass(call.at),
      found: () => longest.count >= ACTIVE_MS_MIN ? [longest] : [],
    };
  },
};
