/**
 * What the main thread was doing, and which workflows its turns followed: told by calls alone.
 *
 * @module
 */

import { idOf, type Metric, metricsOf } from "./metric.ts";

const OF_MODEL = "a model is asked for";
const RATE = { unit: "share", parts: ["value", "n", "low", "high"] } as const;

/** The metrics of this theme. */
export const WORKFLOW_METRICS: readonly Metric[] = metricsOf({
  unit: "count",
  facts: ["prompts", "responses", "tool_calls"],
  nullWhen: OF_MODEL,
  inMetrics: "usage.",
  inSessions: null,
  id: (path) => `usage_${idOf(path)}`,
}, {
  "phases.<phase>.ms": [
    "time of a phase",
    "Time of turns that went into exploring, planning, edits, tests, commands, commits, " +
    "sub-agents, other calls or the answer",
    "from the prompt or the end of the call before to the end of a call, its thinking with it; " +
    "behind the last call the answer; a call of over an hour as its client measured it",
    { unit: "ms" },
  ],
  "phases.<phase>.share": [
    "share of a phase",
    "The share of the time of all phases",
    "usage_phases_ms ÷ the sum of them",
    { unit: "share", nullWhen: `no phase took any time; ${OF_MODEL}` },
  ],
  "phases.<phase>.calls": [
    "calls of a phase",
    "Calls of the main thread that were of one phase",
    "the first that holds: made a commit, push or pull request (commit); changes files (edit); " +
    "a test, lint or build (test); reads, searches or the web (explore); lists, plans or " +
    "questions (plan); sub-agents (delegate); other commands (run); skills and servers (other)",
    { facts: ["tool_calls"] },
  ],
  "workflows[].turns": [
    "turns of a workflow",
    "Turns whose calls went through the same phases, in the order in which those first came",
    "count of the eight most frequent with two turns; a queued prompt goes on with its turn",
  ],
  "workflows[].sessions": [
    "sessions of a workflow",
    "Sessions that had such a turn",
    "count of them",
  ],
  "workflows[].finished": [
    "workflows finished",
    "The share of these turns that ended with an answer and were not broken off",
    "turns whose last response came behind their last call, less those broken off ÷ turns",
    RATE,
  ],
  "workflows[].broken_off": [
    "workflows broken off",
    "These turns in which a person interrupted or refused a call",
    "count of them",
  ],
  "workflows[].calls_per_turn": [
    "calls a turn of a workflow",
    "Calls for one of these turns",
    "calls of the main thread ÷ turns",
    { unit: "ratio" },
  ],
  "workflows[].failed_calls": [
    "failed calls of a workflow",
    "Calls in these turns that failed",
    "count of them",
  ],
  "workflows[].mean_ms": [
    "time of a workflow",
    "How long these turns took on average",
    "from the prompt to the last response or result ÷ turns whose prompt is dated",
    { unit: "ms", nullWhen: `no prompt of them is dated; ${OF_MODEL}` },
  ],
});
