/**
 * A session that stood still for long as it waited for a person's permission.
 *
 * @module
 */

import { formatCounted, formatDuration } from "../format.ts";
import type { CallSeen, SessionKind } from "../insight_rule.ts";
import { QUESTION_TOOLS } from "../session_counts.ts";

const ASKED_MIN = 5;
const WAITED_MS_MIN = 600_000;
/** Whoever is away longer does not keep the session waiting, but has left it. */
const WAIT_MS_MAX = 3_600_000;
const QUESTIONS: ReadonlySet<string> = new Set(QUESTION_TOOLS);

/** From calls that a person was asked for until they ran or were refused: all is the gain. */
export const permissionWaits: SessionKind = {
  name: "productivity.permission_waits",
  type: "productivity",
  counts: "waited_ms",
  of: "times you were asked",
  // In milliseconds: half an hour, and two hours.
  levels: { medium: 1_800_000, high: 7_200_000 },
  title: ({ count, n }) =>
    `A session waited ${formatDuration(count)} for your permission, asked ${
      formatCounted(n, "time")
    }`,
  suggestion: "Allow in the settings what you grant anyway, or have yourself called when it asks",
  watch() {
    let at = 0, untilAt = 0, count = 0, n = 0;
    return {
      call(call) {
        const waitedMs = waitOf(call);
        if (waitedMs === undefined || QUESTIONS.has(call.tool)) return;
        if (n === 0) at = call.at;
        untilAt = call.at;
        count += Math.min(waitedMs, WAIT_MS_MAX);
        n++;
      },
      found: () =>
        n >= ASKED_MIN && count >= WAITED_MS_MIN
          ? [{ at, untilAt, count, n, gain: { ms: count } }]
          : [],
    };
  },
};

/** How long a person was asked; undefined where nobody was, or it is not known. */
function waitOf({ asked, at, outcome, resolvedAt, durationMs }: CallSeen): number | undefined {
  if (!asked || resolvedAt === null) return undefined;
  if (outcome === "rejected") return Math.max(0, resolvedAt - at);
  return durationMs === null ? undefined : Math.max(0, resolvedAt - at - durationMs);
}
