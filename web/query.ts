/**
 * Query parameters of pages. The API checks its own by the schemas of its routes; what both take
 * means the same.
 *
 * @module
 */

import type { Context } from "hono";
import { parsePeriod, type Period, PERIODS, rollingPeriod } from "../core/reports/period.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import { filterOf, periodOrDay } from "./api/parameters.ts";
import { RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

const TEXT_MAX = 128;

/**
 * The period that a request names; the last 24 hours by default.
 *
 * @throws {RequestError} for one that there is not
 */
export function periodQuery(c: Context, now: number): Period {
  const [period, since, until] = ["period", "since", "until"].map((name) => textQuery(c, name));
  return periodOrDay({ period, since, until }, now);
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
  periodQuery(c, begun);
  return (now) => parsePeriod(since, until, now);
}

/** The name of a rolling period; the usual one where none is named that there is. */
export function periodName(c: Context, usual = "24h"): string {
  const name = textQuery(c, "period");
  return name !== undefined && Object.hasOwn(PERIODS, name) ? name : usual;
}

/**
 * What of the sessions is meant.
 *
 * @throws {RequestError} for a platform that there is not
 */
export function filterQuery(c: Context, context: WebContext): SessionFilter {
  const names = ["platform", "project", "session", "model"] as const;
  const [platform, project, session, model] = names.map((name) => textQuery(c, name));
  return filterOf({ platform, project, session, model }, context);
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
