/**
 * What a page of the dashboard is, and what it is asked.
 *
 * @module
 */

import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { MetricsQuery } from "../core/reports/metrics_report.ts";
import { PERIODS, rollingPeriod } from "../core/reports/period.ts";
import { known } from "./api/parameters.ts";
import { filterQuery, periodName, periodQuery, textQuery } from "./query.ts";
import type { WebContext } from "./web_context.ts";

/** What a page can be narrowed down to by the bar above it. */
export type FilterName = "period" | "platform" | "project" | "model";

/** One page. It is whole without JavaScript; what moves stands in parts with `data-section`. */
export interface Page {
  /** Its route: `/sessions/:id`. */
  readonly path: string;
  readonly title: string;
  /** Its title where that says which one it is; the usual one without it. */
  titleOf?(request: PageRequest): string;
  readonly isInNavigation: boolean;
  readonly filters: readonly FilterName[];
  /** The period where none is asked for. @default {"24h"} */
  readonly usualPeriod?: string;
  /** The words that parameters of its own may be: the first where none of them is told. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Its content; undefined where there is no such thing, which is answered by 404. */
  render(request: PageRequest): Child | undefined | Promise<Child | undefined>;
  /**
   * What is shown of a file that its reader opens on it; nothing of it is kept.
   *
   * @throws {TypeError} when it is no such file
   */
  open?(file: unknown, context: WebContext): Child;
  /** The address of the WebSocket that moves it; `/ws/metrics` of the same choice by default. */
  socket?(request: PageRequest): string;
}

/** A request of a page. */
export interface PageRequest {
  readonly c: Context;
  readonly context: WebContext;
  /** Without what could not be understood, so that no link leads there again. */
  readonly url: URL;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** What the bar of filters says; pass it on to the reports. */
  readonly query: MetricsQuery;
  /** The name of the rolling period; undefined where the user named two moments. */
  readonly periodName: string | undefined;
  /** What of the address could not be understood, and what is shown instead. */
  readonly misread: readonly string[];
}

/** The query parameters that pages share: every link between pages keeps them. */
export const SHARED_PARAMETERS = [
  "period",
  "since",
  "until",
  "platform",
  "project",
  "model",
] as const;

/**
 * Reads what a page is asked. A word that does not exist is the default, and that is said.
 *
 * @throws {RequestError} when a filter cannot be read
 */
export function readPageRequest(
  c: Context,
  context: WebContext,
  { filters, usualPeriod, choices }: Pick<Page, "filters" | "usualPeriod" | "choices">,
): PageRequest {
  const now = context.clock.now(), url = new URL(c.req.url);
  const isBetween = ["since", "until"].some((name) => textQuery(c, name) !== undefined);
  const name = isBetween ? undefined : periodName(c, usualPeriod);
  const misread = [
    // Where a page has no periods, the one that came along from another changes nothing.
    ...name !== undefined && filters.includes("period")
      ? misreadWord(url, "period", Object.keys(PERIODS), name)
      : [],
    ...Object.entries(choices ?? {}).flatMap(([own, words]) => misreadWord(url, own, words)),
  ];
  const query = {
    ...filterQuery(c, context),
    period: name === undefined ? periodQuery(c, now) : rollingPeriod(name, now),
    now,
    ...known(context),
  };
  return { c, context, url, now, query, periodName: name, misread };
}

/** What is said of a parameter that is none of its words; it is taken out of the address. */
function misreadWord(
  { searchParams }: URL,
  name: string,
  words: readonly string[],
  shown = words[0],
): string[] {
  const word = searchParams.get(name) ?? "";
  if (word === "" || words.includes(word)) return [];
  searchParams.delete(name);
  const list = words.join(", ");
  return [`Cannot read '${name}' in the address: it is none of ${list}. Shown is ${shown}.`];
}

/**
 * A link to the same page, or to another, with some parameters changed; `null` takes one away.
 * To another page only {@linkcode SHARED_PARAMETERS} go along.
 */
export function hrefOf(
  { url }: Pick<PageRequest, "url">,
  changes: Readonly<Record<string, string | null>>,
  path?: string,
): string {
  const kept = [...url.searchParams].filter(([name, value]) =>
    value !== "" &&
    (path === undefined || (SHARED_PARAMETERS as readonly string[]).includes(name))
  );
  const parameters = new URLSearchParams(kept);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  const search = parameters.toString();
  return `${path ?? url.pathname}${search === "" ? "" : `?${search}`}`;
}
