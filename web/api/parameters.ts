/**
 * Parameters that several routes take: the options of the commands under their names.
 *
 * @module
 */

import * as z from "zod";
import { parsePeriod, type Period, PERIODS, rollingPeriod } from "../../core/reports/period.ts";
import { labelsApart, namedProjects } from "../../core/reports/project_names.ts";
import { CHARACTERS_MIN } from "../../core/reports/session_ids.ts";
import type { SessionFilter } from "../../core/reports/sums.ts";
import { namedSession, NO_SESSION } from "./named_session.ts";
import { asRequest, MissingError, RequestError } from "../problem.ts";
import type { WebContext } from "../web_context.ts";
import type { Given } from "./route.ts";

const TEXT_MAX = 128;
const LIMIT_MAX = 1000;
const TOO_LONG = "it is too long";

/** A text that is not too long. */
export function text(description: string) {
  return z.string().max(TEXT_MAX, TOO_LONG).optional().describe(description);
}

/** One of a list. */
export function word<const Words extends readonly string[]>(words: Words, description: string) {
  const error = `it is none of ${words.join(", ")}`;
  return z.enum(words, { error }).optional().describe(description);
}

/** One of a list, or `all`, which is as if nothing was said. */
export function wordOrAll<const Words extends readonly string[]>(
  words: Words,
  description: string,
) {
  return word([...words, "all"] as unknown as readonly [...Words, "all"], description);
}

/** What {@linkcode wordOrAll} gives; undefined for all of them. */
export function chosen<T extends string>(word: T | undefined): Exclude<T, "all"> | undefined {
  return word === "all" ? undefined : word as Exclude<T, "all">;
}

/** Words of a list, with commas between them. */
export function words<T extends string>(list: readonly T[], description: string) {
  return z.string().max(TEXT_MAX, TOO_LONG).optional()
    .refine((text) => text === undefined || splitWords(text).every((one) => isOf(list, one)), {
      error: "a word of it is in no list",
    }).describe(`${description}; with commas between them: ${list.slice(0, 40).join(", ")}`);
}

/** What {@linkcode words} gives as a list. */
export function splitWords<T extends string>(text: string | undefined): T[] {
  return (text?.split(",") ?? []) as T[];
}

/** A whole number up to `max`, from 0 or `min` on. */
export function whole(description: string, fallback: number, max: number, min = 0) {
  const error = `it is no whole number ${min === 0 ? "" : `from ${min} `}up to ${max}`;
  return z.string().regex(/^\d{1,16}$/, error).transform(Number).pipe(
    z.int(error).min(min, error).max(max, error),
  )
    .default(fallback).describe(description);
}

/** A number from 0 to 1. */
export function share(description: string) {
  const error = "it is no number from 0 to 1";
  return z.string().regex(/^(\d?\.\d{1,9}|\d)$/, error).transform(Number)
    .pipe(z.number().min(0, error).max(1, error)).optional().describe(description);
}

/** How many of a list are wanted; 0 is all. */
export function limit(fallback: number) {
  return whole("How many; 0 is all", fallback, LIMIT_MAX);
}

/** Where in a list to begin. */
export const OFFSET = whole("How many to pass over", 0, Number.MAX_SAFE_INTEGER);

/** What sessions are meant. */
export const FILTER = {
  platform: text("An assistant, in any spelling"),
  project: text("A project, by its name on this machine or its hash"),
  session: text("The id of a session"),
  model: text("A model"),
};

/** How a session stands in a path. */
export const SESSION_ID = {
  id: text("The id of a session").unwrap().describe(
    `Its id, or at least ${CHARACTERS_MIN} characters with which the id of no other one begins, ` +
      "or last",
  ),
};

/** What time is meant. */
export const PERIOD = {
  period: word(Object.keys(PERIODS) as [string, ...string[]], "A period up to now; 24h if none"),
  since: text("A date or time; it goes with no period"),
  until: text("A date or time; neither does it"),
};

/** The filter that a request asks for. */
export function filterOf(given: Given<typeof FILTER>, context: WebContext): SessionFilter {
  const { platform, project, session, model } = given;
  return {
    platform: platformOf(platform, "filter", context),
    project: namedProjects(project, context.labels()),
    session: session === undefined ? undefined : existingSession(session, context),
    model,
  };
}

/** The id of the platform that a request names. @throws {RequestError} for one there is not */
export function platformOf(
  name: string | undefined,
  purpose: string,
  context: Pick<WebContext, "platformId">,
): string | undefined {
  const id = name === undefined ? undefined : context.platformId(name);
  if (name === undefined || id !== undefined) return id;
  throw new RequestError(`Cannot ${purpose}: there is no such platform`);
}

function existingSession(text: string, context: WebContext): string {
  const id = namedSession(context, text);
  if (id === undefined) throw new MissingError(NO_SESSION);
  return id;
}

/**
 * The period that a request asks for; undefined where it names none.
 *
 * @throws {RequestError} when its moments cannot be read, or a period's name stands beside them
 */
export function periodOf(
  { period, since, until }: Given<typeof PERIOD>,
  now: number,
): Period | undefined {
  const isRolling = since === undefined && until === undefined;
  if (isRolling && period === undefined) return undefined;
  if (!isRolling && period !== undefined) {
    const other = since === undefined ? "until" : "since";
    throw new RequestError(`Cannot use period beside ${other}: leave one of them out`);
  }
  return asRequest(() =>
    isRolling ? rollingPeriod(period!, now) : parsePeriod(since, until, now)
  );
}

/** The same, and the last day where it names none. */
export function periodOrDay(given: Given<typeof PERIOD>, now: number): Period {
  return periodOf(given, now) ?? rollingPeriod("24h", now);
}

/** What is known better than the database tells. */
export function known(context: WebContext) {
  return {
    labels: labelsApart(context.labels()),
    servers: context.toolServers(),
    coverage: context.coverage(),
  };
}

function isOf<T extends string>(list: readonly T[], word: string): word is T {
  return list.includes(word as T);
}
