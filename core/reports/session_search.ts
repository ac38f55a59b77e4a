/**
 * Finds sessions by safe words: tools, kinds of files, models and classes of errors that they had
 * to do with. No text of theirs is kept that could be searched.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** What is searched, and how much of it. */
export interface SearchQuery {
  /** Each is a part of a safe word, in lower case; a session must have all of them. */
  readonly words: readonly string[];
  readonly platform?: string | undefined;
  /** Milliseconds since 1970 UTC, half-open. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly sort: SearchSort;
  readonly limit: number;
  readonly offset: number;
}

/** In which order sessions can be had; the greatest and latest come first. */
export const SEARCH_SORTS = ["recent", "cost", "tool_uses", "acceptance"] as const;

/** One of {@linkcode SEARCH_SORTS}. */
export type SearchSort = typeof SEARCH_SORTS[number];

/** Ids of sessions with their platform, and how many there are in all. */
export interface SearchResult {
  readonly sessions: readonly { readonly sessionId: string; readonly platform: string }[];
  readonly total: number;
}

const WHOLE = "x.session = s.id and x.tier = 0 and x.bucket = 0";
const ACCEPTED = "sum(x.edits_accepted)";
const JUDGED = "sum(x.edits_accepted + x.edits_rejected + x.edits_modified + x.edits_undone)";
const ORDERS: Readonly<Record<SearchSort, string>> = {
  recent: "s.ended_at",
  cost: `ifnull((select sum(x.cost_micros) from model_sums x where ${WHOLE}), 0)`,
  tool_uses: `ifnull((select sum(x.uses) from tool_sums x where ${WHOLE}), 0)`,
  // Without a judged edit it comes last.
  acceptance: `ifnull((select 1.0 * ${ACCEPTED} / nullif(${JUDGED}, 0)
    from tool_sums x where ${WHOLE}), -1)`,
};
const TABLES = ["tool_sums", "extension_sums", "model_sums", "error_sums"];

/** Sessions that have to do with all of the words. */
export function searchSessions(db: Database, query: SearchQuery): SearchResult {
  const parameters: (string | number)[] = [];
  let where = "s.counted = 1";
  for (const word of query.words) {
    const members = `(select id from words where instr(lower(text), ?) > 0)`;
    const places = TABLES.map((table) =>
      `exists (select 1 from ${table} x where ${WHOLE} and x.member in ${members})`
    );
    where += ` and (${places.join(" or ")})`;
    parameters.push(...TABLES.map(() => word));
  }
  if (query.platform !== undefined) {
    where += " and s.platform = (select id from words where text = ?)";
    parameters.push(query.platform);
  }
  if (query.from !== undefined) {
    where += " and s.ended_at >= ?";
    parameters.push(query.from);
  }
  if (query.to !== undefined) {
    where += " and s.started_at < ?";
    parameters.push(query.to);
  }
  const [total] = prepareArrays(db, `select count(*) from sessions s where ${where}`)
    .get(...parameters) as unknown as [number];
  const rows = prepareArrays(
    db,
    `select s.session_id, (select text from words where id = s.platform) from sessions s
     where ${where} order by ${ORDERS[query.sort]} desc, s.ended_at desc, s.session_id
     limit ? offset ?`,
  ).all(...parameters, query.limit, query.offset) as unknown as [string, string][];
  return { sessions: rows.map(([sessionId, platform]) => ({ sessionId, platform })), total };
}
