/**
 * Sessions, their time, and what a person typed.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

const OF_MODEL = "a model is asked for, or the groups are models or tools";
const NOT_TOLD = `no client told of one; ${OF_MODEL}`;

/** The metrics of this theme. */
export const INPUT_METRICS: readonly Metric[] = [
  ...metricsOf({
    unit: "count",
    facts: ["prompts"],
    nullWhen: OF_MODEL,
    inMetrics: "totals.",
    inSessions: "sessions[].",
  }, {
    sessions: [
      "sessions",
      "Sessions in which something was asked, answered or called",
      "count of sessions with a prompt, command, response or tool call in the period",
      { facts: ["prompts", "responses", "tool_calls"], nullWhen: null, inSessions: null },
    ],
    user_prompts: [
      "prompts",
      "Prompts that a person typed",
      "count of prompts of the main thread, each once over all files",
    ],
    queued_prompts: [
      "queued prompts",
      "Prompts that a person typed while the assistant was working",
      "count of queued prompts",
      { facts: ["commands"] },
    ],
    slash_commands: [
      "commands",
      "Slash commands that a person typed",
      "count of slash commands",
      { facts: ["commands"] },
    ],
    bash_inputs: [
      "lines of bash",
      "Shell commands that a person typed to the assistant",
      "count of lines of bash input",
      { facts: ["commands"] },
    ],
    subagent_prompts: [
      "sub-agent prompts",
      "Prompts that the assistant gave to its sub-agents",
      "count of first prompts of sub-agents' threads",
      { facts: ["subagents"] },
    ],
    interruptions: [
      "interruptions",
      "How often a person broke off what the assistant did",
      "count of interruptions",
      { facts: ["interruptions"] },
    ],
    compactions: [
      "compactions",
      "How often a conversation was made shorter to fit into the context",
      "count of compactions, typed or automatic",
      { facts: ["compactions"] },
    ],
    clears: [
      "clears",
      "How often a person began a new conversation in place",
      "count of /clear",
      { facts: ["commands"] },
    ],
    api_errors: [
      "API errors",
      "Calls of the model that failed",
      "count of calls that a transcript tells of as failed",
      { facts: ["api_errors"], nullWhen: NOT_TOLD },
    ],
    inline_prompts: [
      "inline prompts",
      "Prompts for a change in place, outside a conversation",
      "count of inline prompts",
      { facts: ["inline_prompts"], nullWhen: NOT_TOLD },
    ],
    rewound_turns: [
      "rewound turns",
      "Turns that a person took back: they went back to before them and typed anew",
      "count of turns from a typed line to the later one, or restored checkpoint, in its place",
      {
        facts: ["rewinds"],
        nullWhen: "no client tells behind what one types, or it deletes what is taken back and " +
          "nothing was seen before; it is of groups",
      },
    ],
    subagents: [
      "sub-agents",
      "Sub-agents that worked for a session",
      "count of different agent ids",
      { facts: ["subagents"], nullWhen: "a period is asked for: only a session tells it" },
    ],
  }),
  ...metricsOf({
    unit: "ms",
    facts: ["prompts", "responses", "tool_calls"],
    nullWhen: `${OF_MODEL}; it is of groups`,
    inMetrics: "totals.",
    inSessions: "sessions[].",
  }, {
    duration_ms: [
      "time",
      "From the first to the last moment of each session",
      "sum over sessions of last − first moment in the period; a fork from the end of its past on",
    ],
    active_ms: [
      "active time",
      "Time of sessions without pauses of over five minutes",
      "sum of stretches of events at most five minutes apart; a line that tells nothing is none",
    ],
  }),
];
