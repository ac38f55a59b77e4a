/**
 * A table of facts, with the facts that one batch touches held in memory until it ends.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";

type Columns = Record<keyof never, number | null>;

/** Takes a fact out of the sums (-1) or into them (+1). */
export type Contribute<T> = (fact: T, sign: 1 | -1, key: number) => void;

/** A fact as it was stored, and as it is now. */
interface Touched<T> {
  readonly before: T | undefined;
  now: T;
}

/** Facts by key, in a table whose columns are `key` and the fact's own names. */
export class FactTable<T extends object> {
  readonly #columns: readonly (keyof T & string)[];
  readonly #find: Statement;
  readonly #add: Statement;
  readonly #put: Statement;
  readonly #touched = new Map<number, Touched<T>>();

  constructor(db: Database, table: string, columns: readonly (keyof T & string)[]) {
    this.#columns = columns;
    this.#find = prepareArrays(db, `select ${columns.join(", ")} from ${table} where key = ?`);
    const places = columns.map(() => "?").join(", ");
    this.#add = db.prepare(
      `insert into ${table} (${columns.join(", ")}, key) values (${places}, ?)`,
    );
    const values = columns.map((column) => `${column} = ?`).join(", ");
    this.#put = db.prepare(`update ${table} set ${values} where key = ?`);
  }

  /** Merges what an event tells into the fact with this key. */
  tell(key: number, told: T, merge: (a: T, b: T) => T): void {
    const touched = this.#touched.get(key);
    if (touched) {
      touched.now = merge(touched.now, told);
      return;
    }
    const before = this.#read(key);
    this.#touched.set(key, { before, now: before ? merge(before, told) : told });
  }

  /** Changes a fact that is there already; one that stays the same object is left alone. */
  update(key: number, change: (fact: T) => T): void {
    const touched = this.#touched.get(key);
    if (touched) {
      touched.now = change(touched.now);
      return;
    }
    const before = this.#read(key);
    const now = before && change(before);
    if (now !== before) this.#touched.set(key, { before, now: now! });
  }

  /** Has a fact that is there already completed anew. */
  touch(key: number): void {
    if (this.#touched.has(key)) return;
    const before = this.#read(key);
    // What was before is still to be compared.
    if (before) this.#touched.set(key, { before, now: { ...before } });
  }

  /**
   * Writes what changed and tells the sums; the caller holds the transaction.
   *
   * @param complete adds what follows from a fact as it is now
   */
  flush(contribute: Contribute<T>, complete: (fact: T, key: number) => T): void {
    for (const [key, { before, now: merged }] of this.#touched) {
      const now = complete(merged, key);
      const changed = before === undefined ||
        this.#columns.some((column) => before[column] !== now[column]);
      if (!changed) continue;
      if (before) contribute(before, -1, key);
      contribute(now, 1, key);
      const write = before ? this.#put : this.#add;
      write.run(...this.#columns.map((column) => now[column] as number | null), key);
    }
    this.#touched.clear();
  }

  /** The facts of the unfinished batch by key. */
  touched(): ReadonlyMap<number, Readonly<Touched<T>>> {
    return this.#touched;
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#touched.clear();
  }

  #read(key: number): T | undefined {
    const row = this.#find.get(key) as unknown as (number | null)[] | undefined;
    if (!row) return undefined;
    const fact: Columns = {};
    this.#columns.forEach((column, i) => fact[column] = row[i] ?? null);
    return fact as T;
  }
}
