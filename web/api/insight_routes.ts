/**
 * The routes of what was found: findings and errors; findings are dismissed and muted by what
 * writes.
 *
 * @module
 */

import { readInsightChange } from "../../core/insight_choices.ts";
import { INSIGHT_TYPES, SEVERITIES } from "../../core/insight_rule.ts";
import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { reportInsights } from "../../core/reports/insights_report.ts";
import { FREQUENCY_MAX } from "../../core/reports/report_choices.ts";
import { RequestError } from "../problem.ts";
import {
  ERRORS_DOCUMENT,
  INSIGHT_CHANGE,
  INSIGHT_CHANGED,
  INSIGHTS_DOCUMENT,
} from "./insight_schemas.ts";
import {
  chosen,
  FILTER,
  filterOf,
  known,
  limit,
  OFFSET,
  PERIOD,
  periodOf,
  periodOrDay,
  text,
  whole,
  word,
  wordOrAll,
} from "./parameters.ts";
import { defineRoute, type Route } from "./route.ts";

const BODY_BYTES_MAX = 4096;

/** The routes. */
export const INSIGHT_ROUTES: readonly Route[] = [
  defineRoute({
    path: "/api/v1/insights",
    id: "insights",
    summary: "Findings, those that matter most first",
    query: {
      ...PERIOD,
      ...FILTER,
      type: wordOrAll(INSIGHT_TYPES, "Only of this type"),
      priority: wordOrAll(SEVERITIES, "Only those that matter so much"),
      hidden: word(["true", "false"], "Whether dismissed and muted ones are told, too"),
      limit: limit(20),
      offset: OFFSET,
    },
    answer: INSIGHTS_DOCUMENT,
    isTimed: true,
    handle: (given, call) =>
      reportInsights(call.context.db, {
        ...filterOf(given, call.context),
        ...known(call.context),
        period: periodOf(given, call.now),
        type: chosen(given.type),
        severity: chosen(given.priority),
        hidden: given.hidden === "true",
        limit: given.limit,
        offset: given.offset,
      }),
    partOf: (answer, given) => ({ ...given, ...answer as { total: number } }),
  }),
  defineRoute({
    method: "post",
    path: "/api/v1/insights/change",
    id: "changeInsights",
    summary: "Dismisses a finding, mutes a kind, or takes that back",
    body: { schema: INSIGHT_CHANGE, bytesMax: BODY_BYTES_MAX },
    answer: INSIGHT_CHANGED,
    handle: async (_given, { context, body }) => {
      const change = readInsightChange(body);
      if (!change) {
        throw new RequestError(
          'Cannot change insights: say one of "dismiss" (with "id", "severity" and ' +
            '"sessions"), "restore" (an id), "mute" or "unmute" (a kind)',
        );
      }
      return {
        schema: "blueplane.insight_change/1",
        ...await context.commands.changeInsights(change),
      };
    },
  }),
  defineRoute({
    path: "/api/v1/analysis/errors",
    id: "errors",
    summary: "How tools fail, and what was done next that worked",
    query: {
      ...PERIOD,
      ...FILTER,
      tool: text("Only this tool"),
      min_frequency: whole("What is rarer is left out", 2, FREQUENCY_MAX, 1),
      limit: limit(20),
    },
    answer: ERRORS_DOCUMENT,
    isTimed: true,
    handle: (given, call) =>
      reportErrorPatterns(call.context.db, {
        ...filterOf(given, call.context),
        coverage: call.context.coverage(),
        period: periodOrDay(given, call.now),
        tool: given.tool,
        minFrequency: given.min_frequency,
        limit: given.limit,
      }),
  }),
];
