/**
 * What some sessions come to together, kept in memory for whoever asks for nearly the same ones
 * again: of those of the last days a few go on or begin, and others leave.
 *
 * @module
 */

import { changeSeen, type Database, isKeeper } from "./database.ts";
import { keepOfSessions, type ReadOfSessions, type SessionFold } from "./kept_sessions.ts";

interface Window<T, Sum> {
  readonly sum: Sum;
  /** What of each session is in the sum; null of one that has no value. */
  readonly values: Map<number, T | null>;
  /** Of which list, and of what state of the database, it is. */
  wanted: readonly number[];
  seen: number | undefined;
}

/** So many are kept of each reader, those that were asked for last. */
const WINDOWS_MAX = 12;

/**
 * Gives what the values of the wanted sessions come to, as it is now. Under one name the sum is
 * changed in place, by sessions that came, left or changed since it was asked for last, so whoever
 * is given it keeps nothing of it.
 */
export function foldOfWindows<T, Sum>(
  read: ReadOfSessions<T>,
  fold: SessionFold<T, Sum>,
): (db: Database, name: string, wanted: readonly number[]) => Sum {
  const kept = keepOfSessions(read);
  const windows = new WeakMap<Database, Map<string, Window<T, Sum>>>();
  return (db, name, wanted) => {
    const seen = changeSeen(db), of = windows.getOrInsertComputed(db, () => new Map());
    const known = of.get(name);
    if (known?.wanted === wanted && known.seen === seen && seen !== undefined) return known.sum;
    const values = kept(db, wanted), window = known ?? begun(values, wanted, fold);
    if (known) move(known, values, wanted, fold);
    if (!isKeeper(db)) return window.sum;
    window.wanted = wanted;
    window.seen = seen;
    of.delete(name);
    of.set(name, window);
    for (const [oldest] of of) {
      if (of.size <= WINDOWS_MAX) break;
      of.delete(oldest);
    }
    return window.sum;
  };
}

/** A sum that is made at once is made sooner. */
function begun<T, Sum>(
  all: ReadonlyMap<number, T>,
  wanted: readonly number[],
  { start }: SessionFold<T, Sum>,
): Window<T, Sum> {
  const values = new Map(wanted.map((session) => [session, all.get(session) ?? null]));
  const sum = start(values.values().filter((value) => value !== null));
  return { sum, values, wanted, seen: undefined };
}

function move<T, Sum>(
  { sum, values }: Window<T, Sum>,
  all: ReadonlyMap<number, T>,
  wanted: readonly number[],
  { add, remove }: SessionFold<T, Sum>,
): void {
  let stayed = 0;
  const before = values.size;
  for (const session of wanted) {
    const value = all.get(session) ?? null, known = values.get(session);
    if (known !== undefined) stayed++;
    if (value === known) continue;
    if (known !== undefined && known !== null) remove(sum, known);
    if (value !== null) add(sum, value);
    values.set(session, value);
  }
  if (stayed === before) return;
  const stays = new Set(wanted);
  for (const [session, value] of values) {
    if (stays.has(session)) continue;
    if (value !== null) remove(sum, value);
    values.delete(session);
  }
}
