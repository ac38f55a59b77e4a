/**
 * Tools of the category optimization: what is likely, what to work with, and how. Of a task or of
 * code nothing is looked at but words of closed lists and its size.
 *
 * @module
 */

import * as z from "zod";
import type { InsightType } from "../core/insight_rule.ts";
import { reportInsights } from "../core/reports/insights_report.ts";
import { reportPrediction } from "../core/reports/prediction_report.ts";
import { reportSimilar } from "../core/reports/similar_report.ts";
import { editClassOf, extensionOf, OPERATION } from "./analysis_tools.ts";
import { ANSWER, answerOf, defineTool, RATE } from "./tool.ts";

/** A text that is looked at in memory, and forgotten. */
export const TEXT = z.string().max(100_000);

const CHARACTERS_PER_TOKEN = 4;
/** What is of no weight is not worth a word. */
const EFFECT_MIN = 0.02;
/** Features that a smaller or clearer change can make up for. */
const ACTIONABLE: ReadonlySet<string> = new Set(["recent", "extension", "file", "tool", "mode"]);

/** A way of working of sessions that went well. */
export const STRATEGY = z.object({
  does: z.string(),
  advice: z.string().nullable(),
  good: z.number(),
  others: z.number(),
  n: z.number(),
});

/** What `STRATEGY` asks for. */
export function strategiesOf(report: NonNullable<ReturnType<typeof reportSimilar>>) {
  return report.strategies.found.map(({ does, advice, good, others }) => ({
    does,
    advice,
    good: good.value,
    others: others.value,
    n: good.n + others.n,
  }));
}

/** `predict_acceptance` */
export const predictAcceptance = defineTool({
  name: "predict_acceptance",
  title: "Will this edit be accepted",
  description: "Probability from past edits, with what moves it. Code is measured, never kept.",
  input: {
    code: TEXT.optional(),
    file_type: z.string().max(20).describe("extension, as ts"),
    operation: OPERATION,
    context: TEXT.optional(),
  },
  output: {
    ...ANSWER,
    n_of: z.string(),
    probability: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    base_rate: RATE,
    factors: z.array(z.object({ feature: z.string(), value: z.string(), effect: z.number() })),
    suggestions: z.array(z.string()),
  },
  tokensMax: 700,
  lists: ["factors", "suggestions"],
  run: ({ file_type, operation }, { now, read }) =>
    read((_, own, advisor) => {
      const report = reportPrediction(advisor, {
        operation: editClassOf(operation),
        edit: { extension: extensionOf(file_type) },
        session: own?.sessionId,
        now,
      });
      const { status, n, n_of, needed, probability, base_rate } = report;
      const factors = report.factors.map(({ feature, value, effect }) => ({
        feature,
        value,
        effect,
      }));
      return {
        status,
        n,
        n_of,
        needed,
        probability: probability?.value ?? null,
        low: probability?.low ?? null,
        high: probability?.high ?? null,
        base_rate,
        factors,
        suggestions: factors.filter(({ feature, effect }) =>
          effect < -EFFECT_MIN && ACTIONABLE.has(feature)
        ).map((
          { feature, value, effect },
        ) =>
          `${feature} ${value} lowers it by ${Math.round(-100 * effect)} points: ` +
          "show the change first, and keep it small"
        ),
      };
    }),
});

/** `suggest_strategy` */
export const suggestStrategy = defineTool({
  name: "suggest_strategy",
  title: "How to go about a task",
  description: "What alike sessions did that went well, and others did not.",
  input: {
    task_type: TEXT,
    file_context: TEXT.optional(),
    historical_performance: z.unknown().optional(),
  },
  output: {
    ...ANSWER,
    strategy: z.string().nullable(),
    reasoning: z.string(),
    confidence: z.number().nullable().describe("lower bound of how much more often it went well"),
    others: z.array(STRATEGY),
  },
  tokensMax: 800,
  lists: ["others"],
  run: ({ task_type, file_context = "" }, { read }) =>
    read((_, __, advisor) => {
      const report = reportSimilar(advisor, { task: `${task_type} ${file_context}` })!;
      const { status, n, needed, found } = report.strategies;
      const best = found.find(({ advice }) => advice !== null);
      const percent = (share: number) => `${Math.round(100 * share)} %`;
      return {
        status,
        n,
        needed,
        strategy: best?.advice ?? null,
        reasoning: best
          ? `${percent(best.good.value)} of ${best.good.n} alike sessions that went well did, ` +
            `${percent(best.others.value)} of ${best.others.n} others`
          : status === "ok"
          ? "no way of working tells alike sessions that went well from others"
          : "too few alike sessions to learn from",
        confidence: best?.difference.low ?? null,
        others: strategiesOf(report),
      };
    }),
});

/** `recommend_tools` */
export const recommendTools = defineTool({
  name: "recommend_tools",
  title: "Which tools serve a task",
  description: "Tools by how alike sessions used them and how often their calls went well.",
  input: {
    task_description: TEXT,
    available_tools: z.array(z.string().max(64)).max(200).optional(),
    performance_history: z.unknown().optional(),
  },
  output: {
    ...ANSWER,
    recommendations: z.array(z.object({
      tool: z.string(),
      used: z.number().describe("share of sessions"),
      success: RATE,
    })),
  },
  tokensMax: 800,
  lists: ["recommendations"],
  run: ({ task_description, available_tools = [] }, { read }) =>
    read((_, __, advisor) => {
      const { status, n, needed, recommended } =
        reportSimilar(advisor, { task: task_description })!.tools;
      const available = new Set(available_tools);
      return {
        status,
        n,
        needed,
        recommendations: recommended
          .filter(({ tool }) => available.size === 0 || available.has(tool))
          .map(({ tool, used, success }) => ({ tool, used: used.value, success })),
      };
    }),
});

const TARGETS: Readonly<Record<string, readonly InsightType[]>> = {
  acceptance: ["patterns"],
  speed: ["productivity", "context"],
  quality: ["errors", "patterns"],
};

/** `optimize_context` */
export const optimizeContext = defineTool({
  name: "optimize_context",
  title: "What to change in the context",
  description:
    "Changes that would have saved tokens, money or time in this session and others. " +
    "The context itself is measured and left as it is.",
  input: {
    current_context: TEXT,
    target_metric: z.enum(["acceptance", "speed", "quality"]).optional(),
  },
  output: {
    ...ANSWER,
    optimized_context: z.null(),
    context_tokens: z.number().describe("estimated"),
    expected_improvement: z.object({
      tokens: z.number().nullable(),
      cost_usd: z.number().nullable(),
      duration_ms: z.number().nullable(),
    }),
    changes_made: z.array(z.object({ change: z.string(), why: z.string(), n: z.number() })),
  },
  tokensMax: 700,
  lists: ["changes_made"],
  run: ({ current_context, target_metric }, { read, context }) =>
    read((db, own) => {
      const types = target_metric === undefined ? ["context", "cost"] : TARGETS[target_metric]!;
      const { insights } = reportInsights(db, { servers: context.toolServers(), limit: 0 });
      const found = insights.filter(({ type }) => types.includes(type))
        .sort((a, b) => rank(b, own?.sessionId) - rank(a, own?.sessionId));
      const sum = (name: "tokens" | "cost_usd" | "duration_ms") => {
        const known = found.flatMap(({ expected_gain }) => expected_gain?.[name] ?? []);
        return known.length === 0 ? null : known.reduce((total, gain) => total + gain, 0);
      };
      return {
        ...answerOf(found.length, 1),
        optimized_context: null,
        context_tokens: Math.ceil(current_context.length / CHARACTERS_PER_TOKEN),
        expected_improvement: {
          tokens: sum("tokens"),
          cost_usd: sum("cost_usd"),
          duration_ms: sum("duration_ms"),
        },
        changes_made: found.map(({ suggestion, title, n }) => ({
          change: suggestion,
          why: title,
          n,
        })),
      };
    }),
});

/** What is about this session matters first. */
function rank({ session_id }: { session_id: string }, own: string | undefined): number {
  return Number(session_id === own);
}
