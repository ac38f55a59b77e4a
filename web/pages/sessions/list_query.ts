/**
 * What a list of sessions is asked for by the address of its page.
 *
 * @module
 */

import { orderOf } from "../../../core/reports/session_order.ts";
import type { SessionsQuery } from "../../../core/reports/sessions_report.ts";
import { text, word } from "../../api/parameters.ts";
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
export const LIST_CHOICES = {
  min_acceptance: ["all", ...MIN_ACCEPTANCES],
  sort: SESSION_SORTS,
};
/** The same. */
export const LIST_TAKES = { id: text(""), order: word(SORT_ORDERS, "") };

const OWN = Object.keys({ ...LIST_CHOICES, ...LIST_TAKES });

/** Sessions on one page. */
const LIMIT = 50;

/** Reads it. */
export function readListQuery(request: Pick<PageRequest, "url" | "query">): ListQuery {
  const { period, labels, coverage, platform, project, model } = request.query;
  const sort = wordQuery(request, "sort", SESSION_SORTS) ?? "recent";
  const minAcceptance = wordQuery(request, "min_acceptance", MIN_ACCEPTANCES);
  return {
    ...{ platform, project, model, coverage },
    ...labels ? { labels } : {},
    // All sessions are those without a date, too.
    during: period.from === undefined ? undefined : period,
    sort,
    order: wordQuery(request, "order", SORT_ORDERS) ?? orderOf(sort),
    minAcceptance: minAcceptance === undefined ? undefined : Number(minAcceptance),
    idBegins: textQuery(request, "id"),
    limit: LIMIT,
    offset: numberQuery(request, "offset"),
  };
}

/** The same as changes of a link, so that it leads on with the same list. */
export function listParameters({ url }: Pick<PageRequest, "url">): Record<string, string | null> {
  return Object.fromEntries(OWN.map((name) => [name, url.searchParams.get(name) || null]));
}
