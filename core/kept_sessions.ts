/**
 * What is kept in memory of sessions, and read anew of those alone that changed since.
 *
 * @module
 */

import { changeSeen, type Database, prepareArrays } from "./database.ts";
import { partitionPoint } from "./partition_point.ts";

/**
 * Reads something of sessions by their number.
 *
 * @param sessions of these; of all without it
 */
export type ReadOfSessions<T> = (
  db: Database,
  sessions?: readonly number[],
) => Iterable<readonly [session: number, value: T]>;

/** What the values of all sessions come to, changed by one of them at a time. */
export interface SessionFold<T, Sum> {
  readonly start: (values: Iterable<T>) => Sum;
  readonly add: (sum: Sum, value: T) => void;
  readonly remove: (sum: Sum, value: T) => void;
}

interface Kept<T> {
  /** What of the database was seen then, where that can be told. */
  seen: number | undefined;
  /** Up to which change that is known, and of the last one itself perhaps not all. */
  change: number;
  readonly values: Map<number, T>;
  /** Of which sessions there may be no value. */
  readonly known: Set<number>;
}

type Watcher<T> = Pick<SessionFold<T, void>, "add" | "remove">;

/**
 * Gives what a function reads of all sessions, or at least of the wanted ones, as it is now. Who
 * asks the same connection again pays for sessions that changed, or were not asked for before.
 */
export function keepOfSessions<T>(
  read: ReadOfSessions<T>,
): (db: Database, wanted?: readonly number[]) => ReadonlyMap<number, T> {
  const parts = {
    all: new WeakMap<Database, Kept<T>>(),
    wanted: new WeakMap<Database, Kept<T>>(),
  };
  return (db, wanted) => upToDate(db, parts[wanted ? "wanted" : "all"], read, wanted);
}

/**
 * Gives what the values of all sessions come to, as it is now: likewise. It is changed in place,
 * so whoever is given it keeps nothing of it.
 */
export function foldOfSessions<T, Sum>(
  read: ReadOfSessions<T>,
  { start, add, remove }: SessionFold<T, Sum>,
): (db: Database) => Sum {
  const kept = new WeakMap<Database, Kept<T>>(), sums = new WeakMap<Database, Sum>();
  return (db) => {
    const sum = sums.get(db);
    const values = upToDate(
      db,
      kept,
      read,
      undefined,
      sum === undefined ? undefined : {
        add: (_, value) => add(sum, value),
        remove: (_, value) => remove(sum, value),
      },
    );
    if (sum !== undefined) return sum;
    const first = start(values.values());
    sums.set(db, first);
    return first;
  };
}

/** Adds to the count of a key; a key of which there is none is left out. */
export function addCount<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

/** A fold that keeps the values in their order, the least first. */
export function inOrder<T>(compare: (a: T, b: T) => number): SessionFold<T, T[]> {
  const placeOf = (list: readonly T[], value: T) =>
    partitionPoint(list, (one) => compare(one, value) < 0);
  return {
    start: (values) => [...values].sort(compare),
    add: (list, value) => list.splice(placeOf(list, value), 0, value),
    remove: (list, value) => list.splice(placeOf(list, value), 1),
  };
}

function upToDate<T>(
  db: Database,
  of: WeakMap<Database, Kept<T>>,
  read: ReadOfSessions<T>,
  wanted: readonly number[] | undefined,
  watcher?: Watcher<T>,
): ReadonlyMap<number, T> {
  const kept = of.get(db);
  // Before the values: what changes in between is read once more.
  const seen = changeSeen(db), isSame = kept && seen !== undefined && kept.seen === seen;
  const [change, changed] = isSame ? [kept.change, []] : readChanges(db, kept?.change);
  if (!kept) {
    const values = new Map(read(db, wanted));
    of.set(db, { seen, change, values, known: new Set(wanted) });
    return values;
  }
  const { values, known } = kept;
  for (const session of wanted ? changed : []) known.delete(session);
  const missing = wanted ? wanted.filter((session) => !known.has(session)) : changed;
  const now = missing.length === 0 ? [] : [...read(db, missing)];
  for (const session of changed) {
    const before = values.get(session);
    if (before !== undefined) watcher?.remove(undefined, before);
    values.delete(session);
  }
  for (const [session, value] of now) {
    values.set(session, value);
    watcher?.add(undefined, value);
  }
  if (wanted) { for (const session of missing) known.add(session); }
  kept.seen = seen;
  kept.change = change;
  return values;
}

/** The condition that a column holds one of these sessions, if not all are meant. */
export function ofSessions(column: string, sessions: readonly number[] | undefined): string {
  return sessions ? ` and ${column} in (select value from json_each(?))` : "";
}

/** The same of sessions that count; those that are meant are looked up, and not all that count. */
export function ofCounted(column: string, sessions: readonly number[] | undefined): string {
  return ` and exists (select 1 from sessions s where s.id = ${column} and s.counted = 1)${
    ofSessions(column, sessions)
  }`;
}

/** What the place in those conditions holds. */
export function among(sessions: readonly number[] | undefined): [string] | [] {
  return sessions ? [JSON.stringify(sessions)] : [];
}

/** The last change, and the sessions that changed since another one: that one's, too. */
function readChanges(db: Database, since: number | undefined): [number, number[]] {
  if (since === undefined) {
    const [change] = prepareArrays(db, "select ifnull(max(change), 0) from session_changes")
      .get() as unknown as [number];
    return [change, []];
  }
  const rows = prepareArrays(
    db,
    "select change, session from session_changes where change >= ? order by change",
  ).all(since) as unknown as [number, number][];
  return [rows.at(-1)?.[0] ?? since, rows.map(([, session]) => session)];
}
