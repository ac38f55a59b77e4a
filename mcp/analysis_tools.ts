/**
 * Tools of the category analysis: what edits are accepted, what fails, how much gets done, and
 * what was found about that.
 *
 * @module
 */

import * as z from "zod";
import type { Database } from "../core/database.ts";
import { type ErrorPattern, reportErrorPatterns } from "../core/reports/error_patterns_report.ts";
import { seenProjects } from "../core/reports/filter_choices.ts";
import type { ToolServers } from "../core/reports/found_insights.ts";
import { readGroups } from "../core/reports/groups.ts";
import type { GroupsQuery, MetricsGroup } from "../core/reports/groups.ts";
import { type Insight, reportInsights } from "../core/reports/insights_report.ts";
import { rollingPeriod } from "../core/reports/period.ts";
import { summedPeriod } from "../core/reports/pieces.ts";
import { FREQUENCY_MAX } from "../core/reports/report_choices.ts";
import { rateDifference } from "../core/reports/rate_difference.ts";
import { type Rate, wilsonRate } from "../core/reports/rates.ts";
import { safeExtension } from "../core/privacy.ts";
import { toolClass } from "../core/tool_classes.ts";
import { readWords } from "../core/words.ts";
import { PERIOD } from "./metrics_tools.ts";
import { ANSWER, answerOf, defineTool, RATE, ToolError } from "./tool.ts";

const JUDGED_NEEDED = 20;
const DAYS_NEEDED = 3;

/** What is done to a file. */
export const OPERATION = z.enum(["create", "edit", "refactor"]);

/** The class of the tools that do it: what is refactored is edited. */
export function editClassOf(operation: z.infer<typeof OPERATION>): "create" | "edit" {
  return operation === "create" ? "create" : "edit";
}

/** An insight in short. */
export const FINDING = z.object({
  id: z.string(),
  severity: z.string(),
  title: z.string(),
  n: z.number(),
  suggestion: z.string(),
});

/** What `FINDING` asks for. */
export function findingOf({ id, severity, title, n, suggestion }: Insight) {
  return { id, severity, title, n, suggestion };
}

/** `analyze_acceptance_patterns` */
export const acceptancePatterns = defineTool({
  name: "analyze_acceptance_patterns",
  title: "What edits are accepted",
  description: "Acceptance of edits by file extension and tool, each against all others.",
  input: {
    file_type: z.string().max(20).optional().describe("extension, as ts"),
    operation: OPERATION.optional(),
    timeframe: PERIOD,
  },
  output: {
    ...ANSWER,
    overall: RATE,
    patterns: z.array(z.object({
      by: z.string(),
      key: z.string(),
      rate: RATE,
      against_others: z.enum(["better", "worse", "alike"]),
    })),
    insights: z.array(FINDING),
    recommendations: z.array(z.string()),
  },
  tokensMax: 1000,
  lists: ["patterns", "insights", "recommendations"],
  run: ({ file_type, operation, timeframe = "30d" }, { now, read, context }) =>
    read((db) => {
      const period = summedPeriod(db, { period: rollingPeriod(timeframe, now), now });
      const words = readWords(db);
      const extension = file_type === undefined ? undefined : extensionOf(file_type);
      const isMeant = (tool: string) =>
        operation === undefined || toolClass(tool) === editClassOf(operation);
      const groupsBy = (by: "extension" | "tool", calls: GroupsQuery["calls"] = isMeant) =>
        readGroups(db, { period, now, calls }, by, words, false);
      const tools = groupsBy(
        "tool",
        (tool, of) => isMeant(tool) && (extension === undefined || of === extension),
      );
      const overall = judgedOf(tools);
      // Kinds of files are set against all others, whichever is asked for.
      const all = { extension: judgedOf(groupsBy("tool")), tool: overall };
      const kinds = groupsBy("extension")
        .filter(({ key }) => extension === undefined || key === extension);
      const patterns = [
        ...patternsOf("extension", kinds, all.extension),
        ...patternsOf("tool", tools, all.tool),
      ].sort((a, b) => b.rate.n - a.rate.n);
      const findings = insightsOf(db, context.toolServers(), "patterns");
      const weak = patterns.filter((one) => one.against_others === "worse");
      return {
        ...answerOf(overall.n, JUDGED_NEEDED),
        overall: wilsonRate(overall.accepted, overall.n),
        patterns,
        insights: findings.map(findingOf),
        recommendations: weak.map(({ by, key, rate }) =>
          `Show edits of ${by} ${key} before making them: ${percent(rate.value)} of ${rate.n} ` +
          `were accepted, ${percent(all[by].accepted / all[by].n)} of all`
        ),
      };
    }),
});

/** `analyze_productivity` */
export const productivity = defineTool({
  name: "analyze_productivity",
  title: "How much gets done",
  description: "The last day against the median and the best day of 30: commits, lines, tool " +
    "calls, cost. A team's average is not known here.",
  input: {
    context: z.string().max(200).optional().describe("a project id, as search_sessions gives"),
    compare_to: z.enum(["personal_best", "team_average"]).optional(),
  },
  output: {
    ...ANSWER,
    reason: z.string().nullable(),
    measures: z.array(z.object({
      name: z.string(),
      last_day: z.number().nullable(),
      median: z.number().nullable(),
      best: z.number().nullable(),
      best_day: z.string().nullable(),
    })),
  },
  tokensMax: 600,
  lists: ["measures"],
  run: ({ context: project, compare_to = "personal_best" }, { now, read }) =>
    read((db) => {
      if (compare_to === "team_average") {
        const reason = "this machine knows its own sessions alone; blueplane exports can be " +
          "compared by the team";
        return { ...answerOf(0, DAYS_NEEDED), reason, measures: [] };
      }
      if (project !== undefined && !seenProjects(db).includes(project)) throw unknownProject();
      const query = { period: rollingPeriod("30d", now), now, project };
      const days = readGroups(db, query, "day", readWords(db));
      const enough = days.length >= DAYS_NEEDED;
      return {
        ...answerOf(days.length, DAYS_NEEDED),
        reason: enough ? null : "too few days with sessions",
        measures: enough ? MEASURES.map((name) => measured(name, days)) : [],
      };
    }),
});

/** `get_contextual_insights` */
export const contextualInsights = defineTool({
  name: "get_contextual_insights",
  title: "What was found about this",
  description: "Findings about this session first, then its project, file kind and tools.",
  input: {
    current_file: z.string().max(1000).optional().describe("only its extension is looked at"),
    recent_operations: z.array(z.string().max(1000)).max(100).optional().describe("tools"),
    metrics: z.array(z.enum(["productivity", "errors", "patterns", "cost", "context"])).max(5)
      .optional(),
  },
  output: { ...ANSWER, insights: z.array(FINDING.extend({ about: z.string() })) },
  tokensMax: 800,
  lists: ["insights"],
  run: ({ current_file, recent_operations = [], metrics = [] }, { read, context }) =>
    read((db, own) => {
      const extension = current_file === undefined ? undefined : safeExtension(current_file);
      const about = new Set([...recent_operations, extension]);
      const { insights, total } = reportInsights(db, {
        servers: context.toolServers(),
        limit: 0,
      });
      const near = insights
        .filter(({ type }) => metrics.length === 0 || metrics.includes(type))
        .map((one) => {
          if (one.session_id === own?.sessionId) return { one, about: "this session", rank: 0 };
          if (one.about !== null && about.has(one.about)) {
            return { one, about: one.about, rank: 1 };
          }
          const isProject = own && own.project !== null && one.project_id === own.project;
          return isProject
            ? { one, about: "this project", rank: 2 }
            : { one, about: "other work", rank: 3 };
        })
        .sort((a, b) => a.rank - b.rank);
      return {
        ...answerOf(total, 1),
        insights: near.map(({ one, about }) => ({ ...findingOf(one), about })),
      };
    }),
});

function unknownProject(): ToolError {
  return new ToolError(
    "Cannot find the project: there is none with this id; search_sessions gives project_id",
  );
}

const MEASURES = ["git_commits", "lines_added", "tool_uses", "user_prompts", "cost_usd"] as const;

function measured(name: typeof MEASURES[number], days: readonly MetricsGroup[]) {
  const known = days.map(({ key, totals }) => ({ key, value: totals[name] }))
    .filter((day): day is { key: string; value: number } => day.value !== null);
  const sorted = known.toSorted((a, b) => a.value - b.value);
  // Of cost the least is no best, and a day on which there was nothing of it is none either.
  const most = name === "cost_usd" ? undefined : sorted.at(-1);
  const best = most && most.value > 0 ? most : undefined;
  return {
    name,
    last_day: days.at(-1)?.totals[name] ?? null,
    median: sorted[Math.floor(sorted.length / 2)]?.value ?? null,
    best: best?.value ?? null,
    best_day: best?.key ?? null,
  };
}

function patternsOf<By extends string>(by: By, groups: readonly MetricsGroup[], all: Judged) {
  return groups.flatMap(({ key, rates: { acceptance: rate } }) =>
    rate ? [{ by, key, rate, against_others: against(rate, all) }] : []
  );
}

/** Edits that a person judged. */
interface Judged {
  readonly accepted: number;
  readonly n: number;
}

/** Those of all tools together. */
function judgedOf(tools: readonly MetricsGroup[]): Judged {
  let accepted = 0, n = 0;
  for (const { totals, rates } of tools) {
    accepted += totals.acceptance.accepted ?? 0;
    n += rates.acceptance?.n ?? 0;
  }
  return { accepted, n };
}

/** Against all others, surer than chance. */
function against(
  rate: Rate,
  all: Judged,
): "better" | "worse" | "alike" {
  const others = wilsonRate(all.accepted - Math.round(rate.value * rate.n), all.n - rate.n);
  const difference = others && rateDifference(rate, others);
  if (!difference?.clear) return "alike";
  return difference.value > 0 ? "better" : "worse";
}

function insightsOf(db: Database, servers: ToolServers, type: Insight["type"]) {
  return reportInsights(db, { servers, type, limit: 5 }).insights;
}

/** An extension as events have it, from one with or without its dot. */
export function extensionOf(text: string): string {
  return safeExtension(`x.${text.replace(/^\.+/, "")}`);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `get_error_patterns` */
export const errorPatterns = defineTool({
  name: "get_error_patterns",
  title: "What fails, and why",
  description: "Tools by how they fail, what worked next, likely causes and what prevents them.",
  input: {
    period: PERIOD,
    min_frequency: z.number().int().min(1).max(FREQUENCY_MAX).optional(),
    tool: z.string().max(64).optional(),
  },
  output: {
    ...ANSWER,
    error: RATE,
    patterns: z.array(z.object({
      tool: z.string(),
      error: z.string(),
      count: z.number(),
      is_rising: z.boolean().nullable(),
      then_worked: z.array(z.string()),
    })),
    common_causes: z.array(z.string()),
    prevention_tips: z.array(z.string()),
  },
  tokensMax: 900,
  lists: ["patterns", "common_causes", "prevention_tips"],
  run: ({ period = "7d", min_frequency = 2, tool }, { now, read }) =>
    read((db) => {
      const { status, n, needed, error_rate, patterns } = reportErrorPatterns(db, {
        period: rollingPeriod(period, now),
        tool,
        minFrequency: min_frequency,
      });
      const texts = (of: (pattern: ErrorPattern) => string | null) => [
        ...new Set(patterns.flatMap((pattern) => of(pattern) ?? [])),
      ];
      return {
        status,
        n,
        needed,
        error: error_rate,
        patterns: patterns.map(({ tool, error, count, trend, recovery }) => ({
          tool,
          error,
          count,
          is_rising: trend && trend.difference.low > 0,
          then_worked: recovery.followed_by.map(({ tool, form }) =>
            form === null ? tool : `${tool} (${form})`
          ),
        })),
        common_causes: texts(({ error, cause }) => cause && `${error}: ${cause}`),
        prevention_tips: texts(({ prevention }) => prevention),
      };
    }),
});
