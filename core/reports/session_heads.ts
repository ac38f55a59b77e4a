/**
 * Where and when each session was, in the order in which lists show them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { addCount, among, foldOfSessions, inOrder, ofSessions } from "../kept_sessions.ts";
import type { Period } from "./period.ts";
import { keepUntilChange } from "./until_change.ts";

/** A session that counts, with the numbers of words. */
export interface SessionHead {
  readonly number: number;
  readonly sessionId: string;
  readonly platform: number;
  readonly project: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Whether its tokens are known. */
  readonly tokensKept: boolean;
  /** Whether they are not, of an assistant that keeps them. */
  readonly isSilent: boolean;
  /** Whether nothing that it wrote was read: hooks alone tell of it. */
  readonly isUnread: boolean;
}

/**
 * SQL of whether calls or prompts of the session `s` are known, and what tells of them is told of
 * no response, as a hook is.
 */
const IS_SEEN_BESIDE = `(
  (exists (select 1 from tool_calls where session = s.id)
    or exists (select 1 from inputs where session = s.id and loose = 1 and kind >= 0))
  and not exists (select 1 from inputs where session = s.id and loose = 0 and kind >= 0))`;

/**
 * SQL of whether no tokens of the session `s` are known: its assistant keeps none, what it wrote
 * tells none, as in `told_tokens.ts`, or nothing that it wrote is known.
 */
export const TELLS_NO_TOKENS = `(s.tokens_kept = 0 or ifnull((
  select sum(messages_without_stop_reason) > 0
    and sum(input + output + cache_read + cache_creation) = 0
  from model_sums where tier = 0 and bucket = 0 and session = s.id), ${IS_SEEN_BESIDE}))`;

/** SQL of whether that is so as nothing that it wrote was read. */
export const IS_UNREAD = `(s.tokens_kept = 1 and not exists (
  select 1 from model_sums where tier = 0 and bucket = 0 and session = s.id))`;

type Row = [
  number,
  string,
  number,
  number | null,
  number | null,
  number | null,
  told: 0 | 1,
  kept: 0 | 1,
  unread: 0 | 1,
];

/** Sessions by the number of a word. */
type CountByWord = Map<number, number>;

/** How many sessions there are, of which those of no project are in none. */
export interface HeadCounts {
  readonly total: number;
  readonly projects: ReadonlyMap<number, number>;
  /** Those of which no tokens are known, by platform. */
  readonly untold: ReadonlyMap<number, number>;
  /** Numbers of those of them whose assistant keeps tokens. */
  readonly silent: ReadonlySet<number>;
  /** Of these those of which nothing was read. */
  readonly unread: ReadonlySet<number>;
}

/** What all of them come to. */
interface AllHeads {
  /** The latest last, those of no time first. */
  readonly ordered: SessionHead[];
  readonly projects: CountByWord;
  readonly untold: CountByWord;
  readonly silent: Set<number>;
  readonly unread: Set<number>;
}

type HeadSums = Omit<AllHeads, "ordered">;

const ORDER = inOrder<SessionHead>((a, b) => -compareHeads(a, b));
const readAll = foldOfSessions<SessionHead, AllHeads>(readHeads, {
  start: (heads) => {
    const ordered = ORDER.start(heads);
    return { ordered, ...countHeads(ordered) };
  },
  add: (all, head) => {
    ORDER.add(all.ordered, head);
    addHead(all, head, 1);
  },
  remove: (all, head) => {
    ORDER.remove(all.ordered, head);
    addHead(all, head, -1);
  },
});

/** All of them, the latest first, those of no time last. */
export function readSessionHeads(db: Database): readonly SessionHead[] {
  return readAll(db).ordered.toReversed();
}

/** Whether all of them were going on in a period. */
export function areAllGoingOn(db: Database, { from, to }: Period): boolean {
  if (from !== undefined) return false;
  const { ordered } = readAll(db);
  // None begins behind its end.
  return (ordered.at(-1)?.endedAt ?? -Infinity) < to ||
    ordered.every(({ startedAt }) => startedAt === null || startedAt < to);
}

/** Whether all of them lie in a period as a whole. */
export function areAllWithin(db: Database, { from, to }: Period): boolean {
  if (from !== undefined) return false;
  const { ordered } = readAll(db), first = ordered[0], last = ordered.at(-1);
  return first?.endedAt !== null && (last?.endedAt ?? -Infinity) < to;
}

const keptCounts = keepUntilChange<HeadCounts>(8);

/** How many were going on in a period. Whoever is given it keeps nothing of it. */
export function countGoingOn(db: Database, period: Period): HeadCounts {
  if (areAllGoingOn(db, period)) {
    const { ordered, ...counts } = readAll(db);
    return { total: ordered.length, ...counts };
  }
  return keptCounts(db, JSON.stringify(period), () => {
    const heads = headsGoingOn(db, period);
    return { total: heads.length, ...countHeads(heads) };
  });
}

function countHeads(heads: readonly SessionHead[]): HeadSums {
  const counts: HeadSums = {
    projects: new Map(),
    untold: new Map(),
    silent: new Set(),
    unread: new Set(),
  };
  for (const head of heads) addHead(counts, head, 1);
  return counts;
}

function addHead(
  { projects, untold, silent, unread }: HeadSums,
  { number, project, platform, tokensKept, isSilent, isUnread }: SessionHead,
  by: 1 | -1,
): void {
  if (project !== null) addCount(projects, project, by);
  if (!tokensKept) addCount(untold, platform, by);
  for (const [numbers, isOne] of [[silent, isSilent], [unread, isUnread]] as const) {
    if (isOne && by > 0) numbers.add(number);
    else if (isOne) numbers.delete(number);
  }
}

const keptGoingOn = keepUntilChange<readonly SessionHead[]>(8);

/** Those that were going on in a period; of no time are those that were at any. */
export function headsGoingOn(db: Database, { from, to }: Period): readonly SessionHead[] {
  return keptGoingOn(db, JSON.stringify([from, to]), () => {
    const { ordered: all } = readAll(db), heads: SessionHead[] = [];
    const add = (head: SessionHead) => {
      if (head.startedAt === null || head.startedAt < to) heads.push(head);
    };
    // Those that ended before the period are in one piece, behind those that never did.
    const never = all.findIndex(({ endedAt }) => endedAt !== null);
    const dated = never === -1 ? all.length : never;
    for (let i = all.length - 1; i >= dated && all[i]!.endedAt! >= (from ?? -Infinity); i--) {
      add(all[i]!);
    }
    for (let i = dated - 1; i >= 0; i--) add(all[i]!);
    return heads;
  });
}

/** Less than 0 where the first comes before the second in a list. */
export function compareHeads(a: SessionHead, b: SessionHead): number {
  // The difference of two infinities is no number.
  return (b.endedAt ?? -Infinity) - (a.endedAt ?? -Infinity) ||
    (a.sessionId === b.sessionId ? a.number - b.number : a.sessionId < b.sessionId ? -1 : 1);
}

function readHeads(db: Database, sessions?: readonly number[]): [number, SessionHead][] {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(
       json_array(id, session_id, platform, project, started_at, ended_at, not ${TELLS_NO_TOKENS},
         tokens_kept, ${IS_UNREAD}))
     from sessions s where counted = 1${ofSessions("id", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  return (JSON.parse(text) as Row[]).map((
    [number, sessionId, platform, project, startedAt, endedAt, told, kept, unread],
  ) => {
    const place = { number, sessionId, platform, project, startedAt, endedAt };
    const isUntold = told === 0;
    return [number, {
      ...place,
      tokensKept: !isUntold,
      isSilent: isUntold && kept === 1,
      isUnread: isUntold && unread === 1,
    }];
  });
}
