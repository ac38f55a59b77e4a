/**
 * Keeps what was read until anything in the database changes: the parts of a report ask for the
 * same.
 *
 * @module
 */

import { changeSeen, type Database } from "../database.ts";

/** Gives what was read under a name, or reads it. */
export type KeepUntilChange<T> = (db: Database, name: string, read: () => T) => T;

/** Keeps so much of each reader; of a writer nothing, as it does not see what it changes. */
export function keepUntilChange<T>(countMax: number): KeepUntilChange<T> {
  const all = new WeakMap<Database, { version: number; values: Map<string, T> }>();
  return (db, name, read) => {
    const version = changeSeen(db);
    if (version === undefined) return read();
    let kept = all.get(db);
    if (kept?.version !== version) all.set(db, kept = { version, values: new Map() });
    const { values } = kept;
    if (!values.has(name)) {
      const value = read();
      if (values.size >= countMax) values.clear();
      values.set(name, value);
    }
    return values.get(name)!;
  };
}
