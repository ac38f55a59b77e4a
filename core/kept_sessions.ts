/**
 * What is kept in memory of sessions, and read anew of those alone that changed since.
 *
 * @module
 */

import { type Database, prepareArrays } from "./database.ts";

/**
 * Reads something of sessions by their number.
 *
 * @param sessions of these; of all without it
 */
export type ReadOfSessions<T> = (
  db: Database,
  sessions?: readonly number[],
) => Iterable<readonly [session: number, value: T]>;

interface Kept<T> {
  /** Up to which change that is known, and of the last one itself perhaps not all. */
  change: number;
  readonly values: Map<number, T>;
  /** Of which sessions there may be no value. */
  readonly known: Set<number>;
}

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
  return (db, wanted) => {
    const of = parts[wanted ? "wanted" : "all"], kept = of.get(db);
    // Before the values: what changes in between is read once more.
    const [change, changed] = readChanges(db, kept?.change);
    if (!kept) {
      const values = new Map(read(db, wanted));
      of.set(db, { change, values, known: new Set(wanted) });
      return values;
    }
    kept.change = change;
    for (const session of changed) {
      kept.values.delete(session);
      kept.known.delete(session);
    }
    const missing = wanted ? wanted.filter((session) => !kept.known.has(session)) : changed;
    if (missing.length === 0) return kept.values;
    for (const [session, value] of read(db, missing)) kept.values.set(session, value);
    if (wanted) { for (const session of missing) kept.known.add(session); }
    return kept.values;
  };
}

/** The condition that a column holds one of these sessions, if not all are meant. */
export function ofSessions(column: string, sessions: readonly number[] | undefined): string {
  return sessions ? ` and ${column} in (select value from json_each(?))` : "";
}

/** What the place in that condition holds. */
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
