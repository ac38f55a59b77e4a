/**
 * How the assistants are used: when, how prompts and files are worked on, and at what pace.
 *
 * @module
 */

import { idOf, type Metric, type MetricRows, metricsOf, type Theme } from "./metric.ts";
import { PACE_METRICS } from "./pace_metrics.ts";
import { WORKFLOW_METRICS } from "./workflow_metrics.ts";

const OF_MODEL = "a model is asked for";
const DONE: Theme["facts"] = ["prompts", "responses", "tool_calls"];
const USAGE: Theme = {
  unit: "count",
  facts: DONE,
  nullWhen: OF_MODEL,
  inMetrics: "usage.",
  inSessions: null,
  id: (path) => `usage_${idOf(path)}`,
};
const RATE = { unit: "share", parts: ["value", "n", "low", "high"] } as const;
const NO_TREND = `fewer than three days have five finished calls; ${OF_MODEL}`;

/** Bands of sessions and prompts, by name: what falls into each. */
const DEPTHS = {
  under_10: "1–9",
  under_50: "10–49",
  under_200: "50–199",
  over_200: "200 or more",
};
const SIZES = { short: "fewer than 20", middling: "20–100", long: "more than 100" };
const GAPS = { under_10s: "under 10 s", under_30s: "10–30 s", over_30s: "over 30 s" };

/** The metrics of this theme. */
export const USAGE_METRICS: readonly Metric[] = [
  ...metricsOf(USAGE, {
    operations: [
      "operations",
      "What people typed, responses and tool calls, of sub-agents too",
      "prompts + commands + lines of bash + responses + tool calls",
    ],
    "operation_shares.prompts": shareOf("prompts", "prompts + queued"),
    "operation_shares.commands": shareOf("commands", "slash commands + lines of bash"),
    "operation_shares.responses": shareOf("responses", "responses, of sub-agents too"),
    "operation_shares.tool_calls": shareOf("tool calls", "tool calls, of sub-agents too"),
    active_days: [
      "active days",
      "Days of the user's own zone on which something was done",
      "count of days with an operation",
    ],
    longest_streak_days: [
      "longest streak",
      "The most active days on end",
      "greatest run of days with an operation",
    ],
    current_streak_days: [
      "current streak",
      "Active days on end up to the last day of the period, or the day before",
      "run of days with an operation; 0 where it is broken",
    ],
    peak_hour: [
      "peak hour",
      "The hour of the day with most operations, from 0 to 23",
      "hour of the user's zone with most operations; the earliest of several",
      noneOf("operation"),
    ],
    peak_weekday: [
      "peak weekday",
      "The day of the week with most operations, 1 being Monday",
      "weekday of the user's zone with most operations; the earliest of several",
      noneOf("operation"),
    ],
    "error_trend.slope_per_day": [
      "trend of failures",
      "By how much the share of failed calls changes in a day",
      "slope of the least-squares line through days, each weighted by its finished calls",
      { unit: "ratio", nullWhen: NO_TREND },
    ],
    "error_trend.days": [
      "days of the trend",
      "Days with at least five finished calls, on which the trend rests",
      "count of them",
      { nullWhen: NO_TREND },
    ],
    "error_trend.n": [
      "calls of the trend",
      "Finished calls on which the trend rests",
      "ok + failed on these days",
      { nullWhen: NO_TREND },
    ],
    sessions_per_active_day: [
      "sessions a day",
      "Sessions for an active day",
      "sessions ÷ active days",
      { unit: "ratio", ...noneOf("active day") },
    ],
    projects: ["projects", "Projects that were worked on", "count of different projects"],
    "platforms.<platform>": [
      "sessions by platform",
      "Sessions of one assistant",
      "as sessions",
    ],
    "session_sources.<source>": [
      "session starts by source",
      "How sessions began or went on: started, resumed, cleared or compacted",
      "count of starts that a hook tells of",
      { facts: ["starts"], nullWhen: `no hook told of one; ${OF_MODEL}` },
    ],
  }),
  ...bands("depths", DEPTHS, "sessions", (band) => `Sessions with ${band} operations in all`),
  ...metricsOf({ ...USAGE, facts: ["responses"] }, {
    "models.shares.<model>": [
      "share of a model",
      "The share of the responses that one model gave",
      "its responses ÷ all",
      { unit: "share" },
    ],
    "models.switches": [
      "model switches",
      "How often a response of the main thread had another model than the one before",
      "count within sessions",
    ],
    "models.switches_per_session": [
      "model switches a session",
      "Model switches for a session",
      "switches ÷ sessions",
      { unit: "ratio", ...noneOf("session") },
    ],
    "models.fast_share": [
      "share of fast mode",
      "The share of responses in fast mode, which costs a multiple",
      "fast responses ÷ all of models whose usage is kept",
      { unit: "share", ...noneOf("response with its usage") },
    ],
  }),
  ...metricsOf({ ...USAGE, facts: ["prompts"] }, {
    "prompts.count": [
      "prompts, also queued",
      "What people typed to the model",
      "prompts + queued",
    ],
    "prompts.measured": ["prompts with a size", "Prompts whose size is told", "count of them"],
    "prompts.words_median": [
      "median prompt",
      "Words of a prompt in the middle",
      "median over prompts with a size, the lower of two",
      noneOf("prompt with a size"),
    ],
    "prompts.words_mean": [
      "mean prompt",
      "Words of a prompt on average",
      "words ÷ prompts with a size",
      { unit: "ratio", ...noneOf("prompt with a size") },
    ],
    "prompts.characters_mean": [
      "characters of a prompt",
      "Characters of a prompt on average",
      "characters ÷ prompts with a size",
      { unit: "ratio", ...noneOf("prompt with a size") },
    ],
  }),
  ...bands("prompts", SIZES, "prompts", (band) => `Prompts of ${band} words`),
  ...bands(
    "prompts.gaps",
    GAPS,
    "gaps between prompts",
    (band) => `Prompts that followed the one before within a session ${band} later`,
  ),
  ...metricsOf({ ...USAGE, facts: ["edits"] }, {
    "files.lines_net": [
      "net lines",
      "Lines added, those of new files too, less those removed",
      "lines_added + created_file_lines − lines_removed",
      { unit: "lines" },
    ],
    "files.edits": ["edits of files", "Edits that ran and name their file", "count of them"],
    "files.edits_per_file": [
      "edits a file",
      "Edits for a file that was changed",
      "edits ÷ files_touched",
      { unit: "ratio", ...noneOf("changed file") },
    ],
    "files.new_share": [
      "share of new files",
      "Files that edits made, of all that they changed",
      "files_created ÷ files_touched, at most 1",
      { unit: "share", ...noneOf("changed file") },
    ],
    "files.iteration": [
      "edits again",
      "The share of edits of a file that another had changed within five minutes before",
      "such edits ÷ edits",
      { ...RATE, ...noneOf("edit") },
    ],
    "files.read_first": [
      "files read first",
      "The share of files that were read before their first edit in a session",
      "files that a call had named before ÷ files that were edited and not made by that",
      { ...RATE, ...noneOf("edited file") },
    ],
    "files.churned": [
      "files worked over",
      "The share of edited files that their session edited three times or more",
      "such files ÷ files that sessions edited",
      { ...RATE, ...noneOf("edited file") },
    ],
  }),
  ...metricsOf({ ...USAGE, facts: ["tool_calls"] }, {
    "tools.diversity": [
      "diversity of tools",
      "How evenly tools are used: 0 for one alone, 1 for all equally often",
      "entropy of calls by tool ÷ logarithm of the number of tools",
      { unit: "ratio", nullWhen: `fewer than two tools were called; ${OF_MODEL}` },
    ],
    "tools.retry": [
      "retries",
      "The share of calls that follow a failed one of the same tool and file",
      "such calls of the main thread ÷ finished calls",
      { ...RATE, ...noneOf("finished call") },
    ],
    "tools.recovery": [
      "retries that went well",
      "The share of retries that went well",
      "retries that ended as ok ÷ retries",
      { ...RATE, ...noneOf("retry") },
    ],
    "tools.sequences[].count": [
      "tools in a row",
      "How often two or three tools were called one after the other in a turn",
      "count within the three most frequent twos and threes of each session that came twice",
    ],
    "tools.similarity": [
      "similarity of sequences",
      "How like those of the period before the sequences of tools are, from 0 to 1",
      "cosine of the counts of both periods, by sequence",
      { unit: "ratio", nullWhen: `one of both periods has no sequence; ${OF_MODEL}` },
    ],
  }),
  ...PACE_METRICS,
  ...WORKFLOW_METRICS,
];

function bands(
  path: string,
  names: Readonly<Record<string, string>>,
  what: string,
  meaning: (band: string) => string,
): Metric[] {
  const facts: Theme["facts"] = path === "depths" ? DONE : ["prompts"];
  const joint = path === "prompts.gaps" ? "_" : ".";
  return metricsOf(
    { ...USAGE, facts },
    Object.fromEntries(
      Object.entries(names).map(([name, band]) => [
        `${path}${joint}${name}`,
        [`${what}: ${band}`, meaning(band), "count of them"],
      ]),
    ),
  );
}

function shareOf(what: string, counted: string): MetricRows[string] {
  return [
    `share of ${what}`,
    `The share of ${what} in all that was typed, answered and called`,
    `(${counted}) ÷ operations`,
    { unit: "share", ...noneOf("operation") },
  ] as const;
}

function noneOf(what: string) {
  return { nullWhen: `there is no ${what}; ${OF_MODEL}` };
}
