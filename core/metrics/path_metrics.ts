/**
 * What a session waited for: its critical path.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

const NOT_DATED = "nothing in the session is dated, or took any time";

/** The metrics of this theme. */
export const PATH_METRICS: readonly Metric[] = metricsOf({
  unit: "ms",
  facts: ["prompts", "responses", "tool_calls"],
  nullWhen: NOT_DATED,
  inMetrics: null,
  inSessions: null,
  inAnalyze: "critical_path.",
  id: (path) => `critical_path_${path.replace("[].", "_")}`,
}, {
  length_ms: [
    "critical path",
    "The longest chain of steps each of which could begin only when the one before it had ended",
    "followed from the end backwards: of calls side by side the one that ended last, from its " +
    "beginning on; a call that started a sub-agent is that one's own steps; pauses are no step",
  ],
  steps: ["steps of the path", "How many steps the path has", "count of them", {
    unit: "count",
  }],
  model_ms: [
    "waited for the model",
    "What of the path was the model of the main thread, thinking and writing",
    "as time_model_ms, between steps of the path",
  ],
  tool_ms: [
    "waited for tools",
    "What of the path was calls of the main thread",
    "from the call to its result, of calls on the path that started no sub-agent",
    {
      facts: ["tool_calls"],
      nullWhen: "of no call it is known when it ended: its time lies in critical_path_model_ms",
    },
  ],
  subagent_ms: [
    "waited for sub-agents",
    "What of the path was steps of sub-agents",
    "their models and calls behind the calls on the path, and those in the background while " +
    "nothing else went on",
    { facts: ["subagents"], nullWhen: "no sub-agent told of itself" },
  ],
  permission_ms: [
    "waited for permission",
    "What of the path was a person who was asked to allow a call",
    "as time_permission_ms, within steps of the path",
    {
      facts: ["permissions"],
      nullWhen: "no hook told of a request: that time lies in the call",
    },
  ],
  user_ms: [
    "waited for you",
    "What of the path was the time from a turn to the next input, and questions to you",
    "as time_user_ms, between steps of the path; and calls that ask a question",
  ],
  beside_ms: [
    "calls beside the path",
    "How long calls of the main thread ran that ended before one beside them did",
    "from the call to its result, of ended calls that are not on the path; questions aside",
  ],
  "waited_for[].steps": [
    "steps by what was waited for",
    "Steps of one tool, or of what else was waited for; those of sub-agents by themselves",
    "count of them",
    { unit: "count" },
  ],
  "waited_for[].ms": [
    "time by what was waited for",
    "How long these steps took",
    "length of them; all of them together are critical_path_length_ms",
  ],
  "longest[].ms": [
    "longest steps",
    "How long each of the ten longest steps took",
    "from its beginning to its end",
  ],
});
