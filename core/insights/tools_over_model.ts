/**
 * A session in which tools ran for much longer than the model worked.
 *
 * @module
 */

import { formatDuration } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";
import { QUESTION_TOOLS, TURN_BEGINNINGS } from "../session_counts.ts";

const CALLS_MIN = 20;
const TOOL_MS_MIN = 1_800_000;
const TIMES_MIN = 2;
/** Nobody knows what went on in a longer one. */
const STEP_MS_MAX = 600_000;
/** These wait for a person, or hold a model's work themselves. */
const NOT_TOOLS: ReadonlySet<string> = new Set([
  ...QUESTION_TOOLS,
  "Task",
  "task",
  "Agent",
  "TaskOutput",
  "Workflow",
]);
const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** Calls as the client timed them; the model from what it was asked to each answer. */
export const toolsOverModel: SessionKind = {
  name: "productivity.tools_over_model",
  type: "productivity",
  counts: "tool_ms",
  amounts: "model_ms",
  of: "timed calls",
  // In milliseconds: an hour, and four.
  levels: { medium: 3_600_000, high: 14_400_000 },
  title: ({ count, amount = 0 }) =>
    `Tools ran for ${formatDuration(count)}, the model worked for ${formatDuration(amount)}`,
  suggestion: "Check what changed alone, leave the whole suite for the end, and let what takes " +
    "long run in the background",
  watch() {
    let at = 0, untilAt = 0, toolMs = 0, modelMs = 0, n = 0;
    let since = 0;
    const answer = (moment: number) => {
      if (since > 0 && moment > since && moment - since <= STEP_MS_MAX) modelMs += moment - since;
      since = Math.max(since, moment);
    };
    return {
      input({ at: moment, timed, type }) {
        if (timed && BEGINNINGS.has(type)) since = Math.max(since, moment);
      },
      response(response) {
        if (!response.side) answer(response.at);
      },
      call({ at: moment, side, tool, durationMs, resolvedAt }) {
        if (side) return;
        answer(moment);
        since = Math.max(since, resolvedAt ?? moment);
        if (durationMs === null || NOT_TOOLS.has(tool)) return;
        if (n === 0) at = moment;
        untilAt = moment;
        toolMs += durationMs;
        n++;
      },
      found: () =>
        n >= CALLS_MIN && toolMs >= TOOL_MS_MIN && modelMs > 0 && toolMs >= TIMES_MIN * modelMs
          ? [{ at, untilAt, count: toolMs, n, amount: modelMs }]
          : [],
    };
  },
};
