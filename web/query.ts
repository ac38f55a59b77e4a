/**
 * Query parameters, checked: the options of the commands under their names.
 *
 * @module
 */

import type { Context } from "hono";
import { INSIGHT_TYPES, SEVERITIES } from "../core/insight_rule.ts";
import {
  ACCEPTANCE_DIMENSIONS,
  type AcceptanceQuery,
} from "../core/reports/acceptance_report.ts";
import { type GroupBy, GROUPINGS } from "../core/reports/groups.ts";
import type { InsightsQuery } from "../core/reports/insights_report.ts";
import type { MetricsQuery } from "../core/reports/metrics_report.ts";
import { parsePeriod, type Period, PERIODS, rollingPeriod } from "../core/reports/period.ts";
import type { SessionsQuery } from "../core/reports/sessions_report.ts";
import { namedProjects, type SessionFilter } from "../core/reports/sums.ts";
import { RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

const TEXT_MAX = 128;
const LIMIT_MAX = 1000;

/** The period that a request names; the last 24 hours by default. */
export function periodQuery(c: Context, now: number): Period {
  const since = textQuery(c, "since"), until = textQuery(c, "until");
  try {
    if (since === undefined && until === undefined) {
      return rollingPeriod(textQuery(c, "period") ?? "24h", now);
    }
    return parsePeriod(since, until, now);
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(error.message);
    throw error;
  }
}

/**
 * The period that a page names, at any moment: one that rolls goes on. A name that does not exist
 * is the default.
 *
 * @throws {RequestError} when its moments cannot be read
 */
export function periodReader(c: Context, begun: number): (now: number) => Period {
  const since = textQuery(c, "since"), until = textQuery(c, "until");
  if (since === undefined && until === undefined) {
    const name = periodName(c);
    return (now) => rollingPeriod(name, now);
  }
  const read = (now: number) => parsePeriod(since, until, now);
  try {
    read(begun);
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(error.message);
    throw error;
  }
  return read;
}

/** The name of a rolling period, for the pages. */
export function periodName(c: Context): string {
  const name = textQuery(c, "period");
  return name !== undefined && Object.hasOwn(PERIODS, name) ? name : "24h";
}

/** The query of a metrics report. */
export function metricsQuery(c: Context, context: WebContext): MetricsQuery {
  const now = context.clock.now();
  return {
    ...filterQuery(c, context),
    period: periodQuery(c, now),
    now,
    groupBy: groupQuery(c),
    labels: context.labels(),
    servers: context.toolServers(),
    coverage: context.coverage(),
  };
}

/** The query of a report of acceptance. */
export function acceptanceQuery(c: Context, context: WebContext): AcceptanceQuery {
  const { groupBy: _, ...query } = metricsQuery(c, context);
  return { ...query, by: wordQuery(c, "by", ACCEPTANCE_DIMENSIONS) };
}

/** The query of a sessions report. */
export function sessionsQuery(c: Context, context: WebContext): SessionsQuery {
  return {
    ...filterQuery(c, context),
    ...pageQuery(c),
    labels: context.labels(),
    coverage: context.coverage(),
  };
}

/** The query of an insights report. */
export function insightsQuery(c: Context, context: WebContext): InsightsQuery {
  return {
    ...filterQuery(c, context),
    period: hasPeriod(c) ? periodQuery(c, context.clock.now()) : undefined,
    type: wordQuery(c, "type", INSIGHT_TYPES),
    severity: wordQuery(c, "priority", SEVERITIES),
    hidden: wordQuery(c, "hidden", ["true", "false"]) === "true",
    limit: numberQuery(c, "limit", 20, LIMIT_MAX),
    labels: context.labels(),
    servers: context.toolServers(),
    coverage: context.coverage(),
  };
}

function hasPeriod(c: Context): boolean {
  return ["period", "since", "until"].some((name) => textQuery(c, name) !== undefined);
}

/** Which part of a list is asked for. */
export function pageQuery(c: Context): { limit: number; offset: number } {
  return {
    limit: numberQuery(c, "limit", 20, LIMIT_MAX),
    offset: numberQuery(c, "offset", 0, Number.MAX_SAFE_INTEGER),
  };
}

/** What of the sessions is meant. */
export function filterQuery(c: Context, context: WebContext): SessionFilter {
  const platform = textQuery(c, "platform");
  const id = platform === undefined ? undefined : context.platformId(platform);
  if (platform !== undefined && id === undefined) {
    throw new RequestError("Cannot filter: there is no such platform");
  }
  return {
    platform: id,
    project: namedProjects(textQuery(c, "project"), context.labels()),
    session: textQuery(c, "session"),
    model: textQuery(c, "model"),
  };
}

function groupQuery(c: Context): GroupBy | undefined {
  const by = textQuery(c, "group_by");
  if (by === undefined) return undefined;
  if (GROUPINGS.includes(by as GroupBy)) return by as GroupBy;
  throw new RequestError(`Cannot group: group_by is none of ${GROUPINGS.join(", ")}`);
}

/** One of a list; `all` is none. */
export function wordQuery<T extends string>(
  c: Context,
  name: string,
  words: readonly T[],
): T | undefined {
  const word = textQuery(c, name);
  if (word === undefined || word === "all") return undefined;
  if (words.includes(word as T)) return word as T;
  throw new RequestError(`Cannot read ${name}: it is none of ${words.join(", ")}, all`);
}

/** A text that is not too long; undefined where none is told. */
export function textQuery(c: Context, name: string): string | undefined {
  const text = c.req.query(name);
  if (text === undefined || text === "") return undefined;
  if (text.length > TEXT_MAX) throw new RequestError(`Cannot read ${name}: it is too long`);
  return text;
}

/** A whole number up to `max`. */
export function numberQuery(c: Context, name: string, fallback: number, max: number): number {
  const text = textQuery(c, name);
  if (text === undefined) return fallback;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new RequestError(`Cannot read ${name}: it is no whole number up to ${max}`);
}
