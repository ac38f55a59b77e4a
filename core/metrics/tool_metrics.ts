/**
 * Calls of tools, how they ended, and permissions.
 *
 * @module
 */

import type { Outcome } from "../session_counts.ts";
import { type Metric, metricsOf, type Theme } from "./metric.ts";

const TOOLS: Theme = {
  unit: "count",
  facts: ["tool_calls"],
  nullWhen: null,
  inMetrics: "totals.",
  inSessions: "sessions[].",
};

const OUTCOME_TEXTS: Readonly<Record<Outcome, string>> = {
  ok: "Tool calls that did what they were to do",
  failed: "Tool calls that failed",
  rejected: "Tool calls that a person refused",
  interrupted: "Tool calls that a person broke off",
  permission_denied: "Tool calls that a rule or a mode refused",
  hook_blocked: "Tool calls that a hook refused",
  cancelled_sibling: "Tool calls that were dropped as one beside them failed",
};

/** The metrics of this theme. */
export const TOOL_METRICS: readonly Metric[] = [
  ...metricsOf(TOOLS, {
    tool_uses: [
      "tool calls",
      "Calls of tools that the assistant asked for",
      "count of tool calls, each once over all files",
    ],
    "tool_uses_by_name.<tool>": [
      "tool calls by tool",
      "Calls of one tool; a tool without one is left out",
      "as tool_uses",
    ],
    "tool_errors_by_name.<tool>": [
      "calls without success by tool",
      "Calls of one tool that ended in any way but well; a tool without one is left out",
      "sum of tool_results of its calls but ok",
    ],
    "tool_errors_by_class.<class>": [
      "failed tool calls by class",
      "Failed calls by the class of their error; a class without one is left out",
      "count of failed calls by a fixed catalogue of classes",
      { nullWhen: "a model is asked for; it is of groups" },
    ],
    "rejections_by_name.<tool>": [
      "refused tool calls by tool",
      "Calls of one tool that a person refused; a tool without one is left out",
      "as tool_results_rejected",
    ],
    permission_requests: [
      "permission requests",
      "How often a person was asked before a tool call",
      "count of tool calls before which a hook told of the question",
      { facts: ["permissions"], nullWhen: "no hook told of one" },
    ],
    permissions_granted: [
      "permissions granted",
      "How often a person who was asked said yes",
      "count of asked tool calls that ran",
      { facts: ["permissions"], nullWhen: "permission_requests is null" },
    ],
    git_commits: [
      "Git commits",
      "Commits that tool calls made",
      "count of commits that results tell of",
      { facts: ["git"] },
    ],
    git_pushes: [
      "Git pushes",
      "Pushes that tool calls made",
      "count of pushes that results tell of",
      { facts: ["git"] },
    ],
    pull_requests: [
      "pull requests",
      "Pull requests that tool calls opened",
      "count of pull requests that results tell of",
      { facts: ["git"] },
    ],
  }),
  ...metricsOf(
    { ...TOOLS, id: (path) => path.replace("tool_results_by_kind.", "tool_results_") },
    Object.fromEntries(
      Object.entries(OUTCOME_TEXTS).map(([outcome, meaning]) => [
        `tool_results_by_kind.${outcome}`,
        [
          `tool calls: ${outcome.replace("_", " ")}`,
          meaning,
          `count of tool calls that ended as ${outcome}`,
        ],
      ]),
    ),
  ),
];
