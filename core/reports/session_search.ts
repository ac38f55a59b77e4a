/**
 * Finds sessions by safe words: tools, kinds of files, models and classes of errors that they had
 * to do with. No text of theirs is kept that could be searched.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import type { SessionSort } from "./report_choices.ts";
import { readSessionOrder } from "./session_order.ts";

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

/** Under which name a list of sessions has an order. */
const SORTS = {
  recent: "recent",
  cost: "cost",
  tool_uses: "tools",
  acceptance: "acceptance",
} as const satisfies Readonly<Record<SearchSort, SessionSort>>;
const TABLES = ["tool_sums", "extension_sums", "model_sums", "error_sums"];

/** The words that sessions have to do with, as numbers: most never change again. */
const readSessionWords = keepOfSessions(readMembers);

/** Sessions that have to do with all of the words; those of no time were at any. */
export function searchSessions(db: Database, query: SearchQuery): SearchResult {
  const { from, to, limit, offset, platform } = query;
  const during = from === undefined && to === undefined
    ? undefined
    : { from, to: to ?? Number.MAX_SAFE_INTEGER };
  const { shown, total } = readSessionOrder(
    db,
    { platform, during, sort: SORTS[query.sort], only: sessionsWith(db, query.words) },
    [offset, offset + limit],
  );
  const sessions = shown.map((number) => {
    const [sessionId, platform] = prepareArrays(
      db,
      `select s.session_id, w.text from sessions s join words w on w.id = s.platform
       where s.id = ?`,
    ).get(number) as unknown as [string, string];
    return { sessionId, platform };
  });
  return { sessions, total };
}

/** Numbers of sessions with a member for each word; undefined without words. */
function sessionsWith(db: Database, words: readonly string[]): Set<number> | undefined {
  if (words.length === 0) return undefined;
  const texts = [...readWords(db)].map(([number, text]) => [number, text.toLowerCase()] as const);
  const wanted = words.map((word) =>
    new Set(texts.filter(([, text]) => text.includes(word)).map(([number]) => number))
  );
  return new Set(
    readSessionWords(db).entries()
      .filter(([, members]) => wanted.every((of) => members.some((member) => of.has(member))))
      .map(([session]) => session),
  );
}

function readMembers(db: Database, sessions?: readonly number[]): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const table of TABLES) {
    // One text of all takes less than half of the time that as many rows do.
    const [text] = prepareArrays(
      db,
      `select json_group_array(json_array(session, member)) from (
         select distinct session, member from ${table}
         where tier = 0 and bucket = 0${ofSessions("session", sessions)})`,
    ).get(...among(sessions)) as unknown as [string];
    for (const [session, member] of JSON.parse(text) as [number, number][]) {
      members.getOrInsertComputed(session, () => []).push(member);
    }
  }
  return members;
}
