/**
 * What is learnt from what was, over HTTP: errors, similar sessions, chances, patterns.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import { FILE_EXTENSIONS } from "../core/file_extensions.ts";
import {
  PREDICTION_FEATURES,
  PREDICTION_TARGETS,
  type PredictionFeature,
} from "../core/prediction_features.ts";
import { Advisor } from "../core/reports/advisor.ts";
import { reportLimits } from "../core/reports/limits_report.ts";
import { reportErrorPatterns } from "../core/reports/error_patterns_report.ts";
import { reportPrediction } from "../core/reports/prediction_report.ts";
import { reportSimilar, type SimilarQuery } from "../core/reports/similar_report.ts";
import { reportSuccessfulPatterns } from "../core/reports/successful_patterns_report.ts";
import { TASK_COMMANDS, TASK_SIZES, type TaskFeatures } from "../core/task_features.ts";
import { TOOL_CLASSES } from "../core/tool_classes.ts";
import { problem, RequestError } from "./problem.ts";
import { filterQuery, numberQuery, periodQuery, textQuery, wordQuery } from "./query.ts";
import type { WebContext } from "./web_context.ts";

const LIMIT_MAX = 1000;
const FREQUENCY_MAX = 1_000_000;

/** Adds the routes. A task's text would stand in an address, so that none is taken here. */
export function addAdvice(app: Hono, context: WebContext): void {
  const advisor = new Advisor(context.db);
  app.get("/api/v1/limits", (c) => c.json(reportLimits(context.db, context.clock.now())));
  app.get("/api/v1/analysis/errors", (c) =>
    c.json(reportErrorPatterns(context.db, {
      ...filterQuery(c, context),
      period: periodQuery(c, context.clock.now()),
      tool: textQuery(c, "tool"),
      minFrequency: numberQuery(c, "min_frequency", 2, FREQUENCY_MAX),
      limit: numberQuery(c, "limit", 20, LIMIT_MAX),
      coverage: context.coverage(),
    })));
  const similar = (c: Context, like: Pick<SimilarQuery, "session" | "features">) => {
    const report = reportSimilar(advisor, {
      ...filterQuery(c, context),
      ...like,
      limit: numberQuery(c, "limit", 5, LIMIT_MAX),
      minSimilarity: shareQuery(c, "min_similarity"),
      labels: context.labels(),
      coverage: context.coverage(),
    });
    return report ? c.json(report) : problem(c, 404, "Cannot find this session");
  };
  app.get(
    "/api/v1/sessions/:id/similar",
    (c) => similar(c, { session: c.req.param("id") }),
  );
  app.get(
    "/api/v1/analysis/similar",
    (c) => similar(c, { session: undefined, features: featuresQuery(c) }),
  );
  app.get("/api/v1/analysis/prediction", (c) =>
    c.json(reportPrediction(advisor, {
      target: wordQuery(c, "target", PREDICTION_TARGETS),
      operation: wordQuery(c, "operation", ["create", "edit"]),
      edit: editQuery(c),
      session: textQuery(c, "session"),
      labels: context.labels(),
      coverage: context.coverage(),
    })));
  app.get("/api/v1/analysis/patterns", (c) =>
    c.json(reportSuccessfulPatterns(advisor, {
      ...filterQuery(c, context),
      target: wordQuery(c, "target", PREDICTION_TARGETS),
      extension: textQuery(c, "extension"),
      operation: wordQuery(c, "operation", ["create", "edit"]),
      minAcceptance: shareQuery(c, "min_acceptance"),
      limit: numberQuery(c, "limit", 10, LIMIT_MAX),
      coverage: context.coverage(),
    })));
}

function editQuery(c: Context): Partial<Record<PredictionFeature, string | undefined>> {
  return Object.fromEntries(PREDICTION_FEATURES.map((name) => [name, textQuery(c, name)]));
}

/** What is known of a task, by words of the lists alone. */
function featuresQuery(c: Context): TaskFeatures {
  return {
    tools: wordsQuery(c, "tools", TOOL_CLASSES),
    extensions: wordsQuery(c, "extensions", [...FILE_EXTENSIONS]),
    commands: wordsQuery(c, "commands", TASK_COMMANDS),
    size: wordQuery(c, "size", TASK_SIZES) ?? null,
  };
}

/** Words with commas between them. */
function wordsQuery<T extends string>(c: Context, name: string, list: readonly T[]): T[] {
  const words = textQuery(c, name)?.split(",") ?? [];
  if (words.every((word) => list.includes(word as T))) return words as T[];
  throw new RequestError(`Cannot read ${name}: a word of it is in no list`);
}

function shareQuery(c: Context, name: string): number {
  const share = Number(textQuery(c, name) ?? 0);
  if (share >= 0 && share <= 1) return share;
  throw new RequestError(`Cannot read ${name}: it is no number from 0 to 1`);
}
