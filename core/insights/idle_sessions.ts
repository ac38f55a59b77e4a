/**
 * A session that was left open and taken up again after long pauses.
 *
 * @module
 */

import { formatCounted, formatDuration } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { TURN_BEGINNINGS } from "../session_counts.ts";

/** Whoever comes back later than that has done something else. */
const PAUSE_MS_MIN = 3_600_000;
const PAUSES_MIN = 3;
const IDLE_MS_MIN = 28_800_000;
const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** Pauses of over an hour behind which the model answered with all that was said before. */
export const idleSessions: SessionKind = {
  name: "productivity.idle_sessions",
  type: "productivity",
  counts: "idle_ms",
  amounts: "pauses",
  of: "turns",
  // In milliseconds: a day, and three.
  levels: { medium: 86_400_000, high: 259_200_000 },
  title: ({ count, amount = 0 }) =>
    `A session stood open for ${formatDuration(count)} in ${formatCounted(amount, "pause")} ` +
    "of over an hour",
  suggestion: "Begin a new session, or clear the context, when you come back to something else",
  watch() {
    let at = 0, untilAt = 0, count = 0, amount = 0, n = 0;
    let last = 0, pauseMs = 0;
    const pass = (moment: number) => last = Math.max(last, moment);
    return {
      input({ at: moment, timed, type }) {
        if (type === "context_clear") pauseMs = 0;
        if (!timed) return;
        if (BEGINNINGS.has(type)) {
          n++;
          if (last > 0 && moment - last >= PAUSE_MS_MIN) pauseMs = moment - last;
        }
        pass(moment);
      },
      response({ at: moment, side }) {
        if (pauseMs > 0 && !side) {
          if (amount === 0) at = moment;
          untilAt = moment;
          count += pauseMs;
          amount++;
          pauseMs = 0;
        }
        pass(moment);
      },
      call: (call) => pass(call.resolvedAt ?? call.at),
      found: () =>
        amount >= PAUSES_MIN && count >= IDLE_MS_MIN ? [{ at, untilAt, count, n, amount }] : [],
    };
  },
};
