/**
 * Tools of the category search that look for what is alike: sessions to a task or to this one, and
 * what edits that went well have in common.
 *
 * @module
 */

import * as z from "zod";
import { reportSimilar, type SimilarReport } from "../core/reports/similar_report.ts";
import { reportSuccessfulPatterns } from "../core/reports/successful_patterns_report.ts";
import { strategiesOf, STRATEGY, TEXT } from "./advice_tools.ts";
import { editClassOf, extensionOf, OPERATION } from "./analysis_tools.ts";
import { noSession, requirePlatform } from "./metrics_tools.ts";
import { ANSWER, defineTool, RATE } from "./tool.ts";

const LIMIT = 5;
const LIMIT_MAX = 20;

const DESCRIBE = "describe the work in current_context";

const ALIKE = z.object({
  session_id: z.string(),
  similarity: z.number(),
  kept_rate: z.number().nullable(),
  error_rate: z.number().nullable(),
  cost_usd: z.number().nullable(),
  cost_is_lower_bound: z.boolean().nullable(),
  alike: z.array(z.string()),
});

/** `search_similar_tasks` */
export const similarTasks = defineTool({
  name: "search_similar_tasks",
  title: "Sessions like a task",
  description: "Past sessions of work as described, and what those did that went well. Only " +
    "kinds of tools, files and commands are read from the text; it is forgotten.",
  input: {
    task_description: TEXT,
    limit: z.number().int().min(1).max(LIMIT_MAX).optional(),
    min_similarity: z.number().min(0).max(1).optional(),
  },
  output: {
    ...ANSWER,
    sessions: z.array(ALIKE),
    common_patterns: z.array(z.string()),
    success_strategies: z.array(STRATEGY),
  },
  tokensMax: 1200,
  lists: ["sessions", "common_patterns", "success_strategies"],
  run: ({ task_description, limit = LIMIT, min_similarity = 0 }, { read }) =>
    read((_, __, advisor) => {
      const report = reportSimilar(advisor, {
        task: task_description,
        limit,
        minSimilarity: min_similarity,
      })!;
      const { status, n, needed, common } = report;
      return {
        status,
        n,
        needed,
        sessions: report.sessions.map(alikeOf),
        common_patterns: Object.entries(common).flatMap(([mix, values]) =>
          values.map(({ value, sessions }) => `${mix} ${value}: ${sessions} sessions`)
        ),
        success_strategies: strategiesOf(report),
      };
    }),
});

/** `find_related_conversations` */
export const relatedConversations = defineTool({
  name: "find_related_conversations",
  title: "Sessions like this one",
  description: "Past sessions that are like this one, or like a description.",
  input: {
    current_context: TEXT.optional(),
    platform: z.string().max(40).optional(),
    limit: z.number().int().min(1).max(LIMIT_MAX).optional(),
  },
  output: { ...ANSWER, matches: z.array(ALIKE) },
  tokensMax: 1000,
  lists: ["matches"],
  run: ({ current_context, platform, limit = LIMIT }, { read, context }) =>
    read((_, own, advisor) => {
      if (current_context === undefined && !own) throw noSession(DESCRIBE);
      const like = current_context === undefined
        ? { session: own!.sessionId }
        : { task: current_context };
      const report = reportSimilar(advisor, {
        ...like,
        platform: platform && requirePlatform(platform, context.platformId),
        limit,
      });
      if (!report) throw noSession(DESCRIBE);
      const { status, n, needed, sessions } = report;
      return { status, n, needed, matches: sessions.map(alikeOf) };
    }),
});

/** `find_successful_patterns` */
export const successfulPatterns = defineTool({
  name: "find_successful_patterns",
  title: "What accepted edits have in common",
  description: "Models, tools, modes and times whose edits of a kind of file were accepted most.",
  input: {
    file_type: z.string().max(20),
    operation_type: OPERATION,
    min_acceptance: z.number().min(0).max(1).optional(),
  },
  output: {
    ...ANSWER,
    rate: RATE,
    patterns: z.array(z.object({ when: z.record(z.string(), z.string()), rate: RATE })),
  },
  tokensMax: 800,
  lists: ["patterns"],
  run: ({ file_type, operation_type, min_acceptance = 0 }, { read }) =>
    read((_, __, advisor) => {
      const { status, n, needed, rate, patterns } = reportSuccessfulPatterns(advisor, {
        extension: extensionOf(file_type),
        operation: editClassOf(operation_type),
        minAcceptance: min_acceptance,
      });
      return {
        status,
        n,
        needed,
        rate,
        patterns: patterns.map(({ when, rate }) => ({
          when: when as Record<string, string>,
          rate,
        })),
      };
    }),
});

function alikeOf({ session_id, similarity, outcome, alike }: SimilarReport["sessions"][number]) {
  return {
    session_id,
    similarity,
    kept_rate: outcome.kept_rate?.value ?? null,
    error_rate: outcome.error_rate?.value ?? null,
    cost_usd: outcome.cost_usd,
    cost_is_lower_bound: outcome.cost_is_lower_bound,
    alike: alike.flatMap(({ part, most }) => most.length === 0 ? [] : [`${part}: ${most}`]),
  };
}
