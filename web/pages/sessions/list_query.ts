/**
 * What a list of sessions is asked for by the address of its page.
 *
 * @module
 */

import { orderOf } from "../../../core/reports/session_order.ts";
import type { SessionsQuery } from "../../../core/reports/sessions_report.ts";
import type { PageRequest } from "../../page.ts";
import { numberQuery, textQuery, wordQuery } from "../../query.ts";
import {
  SESSION_SORTS,
  type SessionSort,
  SORT_ORDERS,
} from "../../../core/reports/report_choices.ts";

/** The shares of accepted edits that can be asked for at least. */
export const MIN_ACCEPTANCES = ["0.5", "0.75", "0.9", "1"] as const;

/** What is asked, with how the list is sorted. */
export interface ListQuery extends SessionsQuery {
  readonly sort: SessionSort;
  readonly order: typeof SORT_ORDERS[number];
  readonly limit: number;
  readonly offset: number;
}

/** What only such a list is asked, beside the parameters that all pages share. */
const OWN = ["id", "min_acceptance", "sort", "order"] as const;

/** Sessions on one page. */
const LIMIT = 50;

/** Reads it. @throws {RequestError} for what is in no list */
export function readListQuery({ c, query }: Pick<PageRequest, "c" | "query">): ListQuery {
  const { period, labels, coverage, platform, project, session, model } = query;
  const sort = wordQuery(c, "sort", SESSION_SORTS) ?? "recent";
  const minAcceptance = wordQuery(c, "min_acceptance", MIN_ACCEPTANCES);
  return {
    ...{ platform, project, session, model, coverage },
    ...labels ? { labels } : {},
    // All sessions are those without a date, too.
    during: period.from === undefined ? undefined : period,
    sort,
    order: wordQuery(c, "order", SORT_ORDERS) ?? orderOf(sort),
    minAcceptance: minAcceptance === undefined ? undefined : Number(minAcceptance),
    idBegins: textQuery(c, "id"),
    limit: LIMIT,
    offset: numberQuery(c, "offset", 0, Number.MAX_SAFE_INTEGER),
  };
}

/** The same as changes of a link, so that it leads on with the same list. */
export function listParameters({ url }: Pick<PageRequest, "url">): Record<string, string | null> {
  return Object.fromEntries(OWN.map((name) => [name, url.searchParams.get(name) || null]));
}
