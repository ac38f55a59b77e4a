/**
 * What all sessions come to, kept by a reader for reports of all time: of most sessions it never
 * changes again, and to go through every one for each report takes longer than all the rest.
 *
 * @module
 */

import { type Database, isKeeper } from "../database.ts";
import {
  foldOfSessions,
  inOrder,
  type ReadOfSessions,
  type SessionFold,
} from "../kept_sessions.ts";
import type { Period } from "./period.ts";
import type { SessionFilter } from "./sums.ts";
import { readGoingOn } from "./usage/session_usage.ts";

/** What a session tells, and the first and the last moment of which it tells. */
export interface Spanned<T> {
  readonly first: number;
  readonly last: number;
  readonly value: T;
}

/** What a session tells, by all or the outermost moments of it. */
export function spanned<T>(value: T, moments: readonly number[]): Spanned<T> {
  let first = Infinity, last = -Infinity;
  for (const moment of moments) {
    first = Math.min(first, moment);
    last = Math.max(last, moment);
  }
  return { first, last, value };
}

/** Gives what all sessions come to, changed in place: whoever is given it keeps nothing of it. */
export type ReadWhole<Sum> = (db: Database, period: Period, filter: SessionFilter) =>
  | Sum
  | undefined;

const MOMENTS = inOrder<number>((a, b) => a - b);

/**
 * Keeps what all sessions that count come to. It is undefined where only a part is asked for, or
 * where something lies outside of the period: then sessions are to be gone through.
 *
 * @param read of all sessions those that count
 */
export function wholeOfSessions<T, Sum>(
  read: ReadOfSessions<Spanned<T>>,
  { start, add, remove }: SessionFold<T, Sum>,
): ReadWhole<Sum> {
  const readAll = foldOfSessions(read, {
    start(spanned) {
      const all = [...spanned];
      return {
        sum: start(all.map(({ value }) => value)),
        firsts: MOMENTS.start(all.map(({ first }) => first)),
        lasts: MOMENTS.start(all.map(({ last }) => last)),
      };
    },
    add({ sum, firsts, lasts }, { first, last, value }) {
      add(sum, value);
      MOMENTS.add(firsts, first);
      MOMENTS.add(lasts, last);
    },
    remove({ sum, firsts, lasts }, { first, last, value }) {
      remove(sum, value);
      MOMENTS.remove(firsts, first);
      MOMENTS.remove(lasts, last);
    },
  });
  return (db, period, filter) => {
    const { from = 0, to } = period;
    if (filter.model !== undefined || !isKeeper(db)) return undefined;
    if (!readGoingOn(db, { period, filter, now: to }).isAll) return undefined;
    const { sum, firsts, lasts } = readAll(db);
    return (firsts[0] ?? from) >= from && (lasts.at(-1) ?? -Infinity) < to ? sum : undefined;
  };
}
