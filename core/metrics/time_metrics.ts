/**
 * Where the time of sessions went, and how many went on at once.
 *
 * @module
 */

import { type Metric, metricsOf, type Theme } from "./metric.ts";

const THEME: Theme = {
  unit: "ms",
  facts: ["prompts", "responses", "tool_calls"],
  nullWhen: "a model is asked for, or the assistant dates nothing",
  inMetrics: "time.",
  inSessions: "sessions[].time.",
  id: (path) => `time_${path}`,
};

/** The metrics of this theme. */
export const TIME_METRICS: readonly Metric[] = [
  ...metricsOf(THEME, {
    duration_ms: [
      "time of sessions",
      "From the first to the last moment of each session: the sum of the five states below",
      "time_model_ms + tool_ms + permission_ms + user_ms + idle_ms; a fork without its past",
    ],
    model_ms: [
      "model at work",
      "The time in which the model thought and wrote, and nothing else went on",
      "from a prompt or a result to the response or call within an hour; and between responses, " +
      "calls and what ended them (an interruption, error or compaction) at most 5 minutes apart",
    ],
    tool_ms: [
      "tools at work",
      "The time in which calls ran: of the main chain, or of sub-agents behind it",
      "from calls to their results, at most a day; overlapping ones once",
      {
        facts: ["tool_calls", "subagents"],
        nullWhen: "of no call it is known when it ended: its time lies in time_model_ms",
      },
    ],
    permission_ms: [
      "waiting for permission",
      "The time in which a person was asked to allow a call and had not decided",
      "from a permission request to the result, less the duration of the call",
      {
        facts: ["permissions"],
        nullWhen: "no hook told of a request: that time lies in time_tool_ms",
      },
    ],
    user_ms: [
      "waiting for you",
      "The time from the end of a turn to the next input, and that of questions to you",
      "other stretches between two moments of at most 5 minutes",
    ],
    idle_ms: [
      "idle",
      "The time in which a session stood open and nothing happened",
      "time_duration_ms − the other four",
    ],
    active_ratio: [
      "active share of the time",
      "How much of the time of sessions was active",
      "active_ms ÷ time_duration_ms",
      { unit: "share", nullWhen: "no session lasted; a model is asked for" },
    ],
    agent_ms: [
      "time of sub-agents",
      "The time in which sub-agents were at work, each by itself; it lies in other states",
      "the stretches of each sub-agent without pauses of over 5 minutes, added up",
      { facts: ["subagents"], nullWhen: "no sub-agent told of itself" },
    ],
    agents_at_once: [
      "sub-agents at once",
      "How many sub-agents worked at once on average, while any did",
      "time_agent_ms ÷ the time in which any worked",
      { unit: "count", facts: ["subagents"], nullWhen: "no sub-agent told of itself" },
    ],
  }),
  ...metricsOf({
    ...THEME,
    unit: "count",
    nullWhen: "a model is asked for",
    inMetrics: "concurrency.",
    inSessions: null,
    id: (path) => `concurrency_${path}`,
  }, {
    most: [
      "most sessions at once",
      "The most sessions that were active in one moment",
      "greatest count of stretches without pauses of over 5 minutes that overlap",
    ],
    average: [
      "sessions at once",
      "How many sessions were active at once on average, while any was",
      "active_ms ÷ concurrency_busy_ms",
      { nullWhen: "no session was active for any time; a model is asked for" },
    ],
    busy_ms: [
      "time with a session",
      "The time in which at least one session was active",
      "length of all active stretches together",
      { unit: "ms" },
    ],
    overlap_ms: [
      "time with several sessions",
      "The time in which at least two sessions were active",
      "length of all that two or more active stretches share",
      { unit: "ms" },
    ],
  }),
];
