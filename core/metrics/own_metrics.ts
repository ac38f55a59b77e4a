/**
 * What an assistant counts itself, and shows of a session: in no other number.
 *
 * @module
 */

import { COMMIT_COUNTS, DAILY_COUNTS, HUNK_COUNTS } from "../session_counts.ts";
import { type Metric, type MetricRows, metricsOf, type Theme } from "./metric.ts";

const WHOSE: Theme = {
  unit: "lines",
  facts: ["daily_lines"],
  nullWhen: "no assistant counts them; a project, session or model is asked for",
  inMetrics: "",
  inSessions: null,
};

const INHERITED: Theme = {
  unit: "count",
  facts: ["prompts", "responses", "tool_calls", "tokens"],
  nullWhen: "the session is no fork",
  inMetrics: null,
  inSessions: "sessions[].",
};

/** The metrics of this theme. */
export const OWN_METRICS: readonly Metric[] = [
  ...metricsOf(
    {
      ...WHOSE,
      facts: ["reviews"],
      inMetrics: "totals.",
      inSessions: "sessions[].",
      id: shortId,
    },
    counted("reviewed_hunks.", HUNK_COUNTS, {
      meaning: "in pieces of changes that a person judged",
      nullWhen: "no client told of any; it is of groups",
    }),
  ),
  ...metricsOf(
    { ...WHOSE, id: shortId },
    counted("daily_lines[].", DAILY_COUNTS, { meaning: "on one day of the user's own zone" }),
  ),
  ...metricsOf({ ...WHOSE, facts: ["tracked_code"], id: shortId }, {
    "tracked_code.lines.<source>": [
      "tracked lines by source",
      "Lines of code that the assistant tracks, by where they came from",
      "sum of lines in its own database",
    ],
    "tracked_code.commits": [
      "scored commits",
      "Commits that the assistant scored",
      "count of commits in its own database",
      { unit: "count" },
    ],
    ...counted("tracked_code.commit_lines.", COMMIT_COUNTS, { meaning: "of scored commits" }),
  }),
  ...metricsOf({
    unit: "tokens",
    facts: ["gauges"],
    nullWhen: "the client shows none",
    inMetrics: null,
    inSessions: "sessions[].",
  }, {
    "context.tokens_last": [
      "context: tokens at last",
      "How full the context was at last: a gauge, never a sum",
      "the latest count that the client shows",
    ],
    "context.tokens_max": [
      "context: most tokens",
      "How full the context was at most: a gauge, never a sum",
      "the greatest count that the client shows",
    ],
    "context.limit": [
      "context: limit",
      "How many tokens fit into the context",
      "the latest limit that the client shows",
    ],
    ...counted("reported.", ["lines_added", "lines_removed", "files_changed"], {
      meaning: "by the client's own total of the session",
      unit: "lines",
    }),
  }),
  ...metricsOf(INHERITED, {
    ...inherited(["user_prompts", "assistant_messages", "tool_uses"], "count"),
    ...inherited(
      ["tokens.input", "tokens.output", "tokens.cache_read", "tokens.cache_creation"],
      "tokens",
    ),
  }),
];

function shortId(path: string): string {
  return path.replace("reviewed_hunks.", "reviewed_").replace("daily_lines[].", "daily_")
    .replace("tracked_code.lines.<source>", "tracked_lines")
    .replace("tracked_code.commits", "scored_commits")
    .replace("tracked_code.commit_lines.", "commit_");
}

/** Rows of counts whose names say what they are. */
function counted(
  before: string,
  names: readonly string[],
  { meaning, ...own }: Partial<Theme> & { readonly meaning: string },
): MetricRows {
  return Object.fromEntries(names.map((name) => {
    const words = name.replaceAll("_", " "), isLines = name.includes("lines");
    const text = `${words[0]!.toUpperCase()}${words.slice(1)} ${meaning}`;
    const unit = isLines ? "lines" as const : "count" as const;
    return [before + name, [words, text, "sum of what the client tells", { ...own, unit }]];
  }));
}

function inherited(names: readonly string[], unit: "count" | "tokens"): MetricRows {
  return Object.fromEntries(names.map((name) => {
    const id = name.replace(".", "_");
    return [`inherited.${name}`, [
      `inherited: ${id.replaceAll("_", " ")}`,
      `As ${id}, of what a fork has from the session that it came from`,
      `${id} of copied lines; in no total of the fork`,
      { unit },
    ]];
  }));
}
