/**
 * The routes of reports: the same documents as the commands, with their options as parameters.
 *
 * @module
 */

import { reportAcceptance } from "../../core/reports/acceptance_report.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { reportSession } from "../../core/reports/session_report.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
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
  SESSION_ID,
  share,
  text,
  word,
  wordOrAll,
} from "./parameters.ts";
import {
  ACCEPTANCE_DOCUMENT,
  METRICS_DOCUMENT,
  SESSION_DOCUMENT,
  SESSIONS_DOCUMENT,
  TIMELINE_DOCUMENT,
} from "./report_schemas.ts";
import { type Call, defineRoute, type Route } from "./route.ts";
import { namedSession, NO_SESSION } from "./named_session.ts";
import {
  ACCEPTANCE_DIMENSIONS,
  GROUPINGS,
  SESSION_SORTS,
  SORT_ORDERS,
} from "../../core/reports/report_choices.ts";

const TURNS = 100;
const METRICS_QUERY = { ...PERIOD, ...FILTER, group_by: word(GROUPINGS, "What to group by") };

/** The routes. */
export const REPORT_ROUTES: readonly Route[] = [
  metricsRoute("/api/v1/metrics", "metrics", "Totals, rates and change of a period"),
  metricsRoute("/api/v1/metrics/current", "metricsCurrent", "The same, of the last day"),
  defineRoute({
    path: "/api/v1/sessions",
    id: "sessions",
    summary: "Sessions, the latest first",
    query: {
      ...PERIOD,
      ...FILTER,
      sort: word(SESSION_SORTS, "What comes first: the most of it"),
      order: word(SORT_ORDERS, "From the least to the most, or the other way"),
      id: text("Only sessions whose id begins so"),
      min_acceptance: share("Only sessions whose share of accepted edits is so great"),
      limit: limit(20),
      offset: OFFSET,
    },
    answer: SESSIONS_DOCUMENT,
    isTimed: true,
    handle: (given, call) =>
      reportSessions(call.context.db, {
        ...filterOf(given, call.context),
        ...known(call.context),
        during: periodOf(given, call.now),
        sort: given.sort,
        order: given.order,
        idBegins: given.id,
        minAcceptance: given.min_acceptance,
        limit: given.limit,
        offset: given.offset,
      }),
    partOf: (answer, given) => ({ ...given, ...answer as { total: number } }),
  }),
  defineRoute({
    path: "/api/v1/sessions/:id",
    id: "session",
    summary: "One session in depth",
    inPath: SESSION_ID,
    answer: SESSION_DOCUMENT,
    missing: NO_SESSION,
    handle: sessionOf,
  }),
  defineRoute({
    path: "/api/v1/sessions/:id/timeline",
    id: "timeline",
    summary: "The turns of a session, the earliest first",
    inPath: SESSION_ID,
    query: { limit: limit(TURNS), offset: OFFSET },
    answer: TIMELINE_DOCUMENT,
    missing: NO_SESSION,
    handle: ({ id, limit, offset }, call) => {
      const report = sessionOf({ id }, call);
      return report && {
        schema: "blueplane.timeline/1",
        session_id: report.session.session_id,
        turns: report.turns.slice(offset, limit === 0 ? undefined : offset + limit),
        total: report.turns.length,
        coverage: report.coverage,
      };
    },
    partOf: (answer, given) => ({ ...given, ...answer as { total: number } }),
  }),
  defineRoute({
    path: "/api/v1/analysis/acceptance",
    id: "acceptance",
    summary: "What became of proposed edits, and what that cost",
    query: {
      ...PERIOD,
      ...FILTER,
      by: wordOrAll(ACCEPTANCE_DIMENSIONS, "Only by this"),
    },
    answer: ACCEPTANCE_DOCUMENT,
    isTimed: true,
    handle: (given, call) =>
      reportAcceptance(call.context.db, {
        ...filterOf(given, call.context),
        ...known(call.context),
        period: periodOrDay(given, call.now),
        now: call.now,
        by: chosen(given.by),
      }),
  }),
];

function sessionOf({ id }: { readonly id: string }, { context }: Call) {
  const whole = namedSession(context, id);
  return whole === undefined ? undefined : reportSession(context.db, whole, known(context));
}

function metricsRoute(path: string, id: string, summary: string): Route {
  return defineRoute({
    path,
    id,
    summary,
    query: METRICS_QUERY,
    answer: METRICS_DOCUMENT,
    isTimed: true,
    handle: (given, call) =>
      reportMetrics(call.context.db, {
        ...filterOf(given, call.context),
        ...known(call.context),
        period: periodOrDay(given, call.now),
        now: call.now,
        groupBy: given.group_by,
      }),
  });
}
