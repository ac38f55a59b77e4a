/**
 * What a page of the dashboard is, and what it is asked.
 *
 * @module
 */

import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { MetricsQuery } from "../core/reports/metrics_report.ts";
import { known } from "./api/parameters.ts";
import { type AddressForm, readAddress, SHARED_PARAMETERS } from "./page_address.ts";
import type { WebContext } from "./web_context.ts";

/** One page. It is whole without JavaScript; what moves stands in parts with `data-section`. */
export interface Page extends AddressForm {
  /** Its route: `/sessions/:id`. */
  readonly path: string;
  readonly title: string;
  /** Its title where that says which one it is; the usual one without it. */
  titleOf?(request: PageRequest): string;
  readonly isInNavigation: boolean;
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

/** Reads what a page is asked. A word that is not understood is the usual, and that is said. */
export function readPageRequest(c: Context, context: WebContext, form: AddressForm): PageRequest {
  const now = context.clock.now();
  const { filter, period, ...address } = readAddress(new URL(c.req.url), form, context, now);
  return { ...address, c, context, now, query: { ...filter, period, now, ...known(context) } };
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
