/**
 * Which session recorded a fact first, where several tell it: a fork copies its past, and no line
 * says from where. What it tells holds whatever the order of arrival.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";

/** Kinds of facts that sessions share; the numbers are stored. */
export const FACT_KINDS = { response: 1, toolCall: 2, input: 3 } as const;

/** One of {@linkcode FACT_KINDS}. */
export type FactKind = typeof FACT_KINDS[keyof typeof FACT_KINDS];

/** Gives a fact to the session that recorded it first, out of all that tell it. */
export type Reown = (kind: FactKind, key: number, owner: (at: number) => number) => void;

interface Known {
  readonly name: string;
  nativeAt: number | null;
}

/** Decides and remembers who shares what. */
export class Lineage {
  readonly #known = new Map<number, Known>();
  readonly #shared = new Map<string, [FactKind, number, number]>();
  readonly #moved = new Map<string, [FactKind, number]>();
  readonly #changed = new Set<number>();
  readonly #find: Statement;
  readonly #setNative: Statement;
  readonly #share: Statement;
  readonly #keysOf: Statement;
  readonly #tellers: Statement;

  constructor(db: Database) {
    this.#find = prepareArrays(
      db,
      `select session_id || ' ' || text, native_at from sessions s
       join words w on w.id = s.platform where s.id = ?`,
    );
    this.#setNative = db.prepare("update sessions set native_at = ? where id = ?");
    this.#share = db.prepare(
      "insert into shared_facts (kind, key, session) values (?, ?, ?) on conflict do nothing",
    );
    this.#keysOf = prepareArrays(db, "select kind, key from shared_facts where session = ?");
    this.#tellers = prepareArrays(
      db,
      "select session from shared_facts where kind = ? and key = ?",
    );
  }

  /** Notes a moment at which the session's own file was written to. */
  noteNative(session: number, at: number): void {
    const known = this.#session(session);
    if (known.nativeAt !== null && known.nativeAt <= at) return;
    known.nativeAt = at;
    this.#changed.add(session);
  }

  /** Notes that a fact turned out to be of another time: that may change who was first. */
  noteMoved(kind: FactKind, key: number): void {
    this.#moved.set(`${kind} ${key}`, [kind, key]);
  }

  /**
   * The one of two sessions that recorded a fact of the time `at` first. While a batch is told
   * neither the time nor the tellers are known to the end: `flush` decides.
   */
  owner(kind: FactKind, key: number, at: number, a: number, b: number): number {
    if (a === b) return a;
    for (const session of [a, b]) {
      this.#shared.set(`${kind} ${key} ${session}`, [kind, key, session]);
    }
    return this.#earlier(at, a, b);
  }

  /**
   * Writes what the batch told, and gives each shared fact for which that matters to the first of
   * all that tell it; the caller holds the transaction.
   */
  flush(reown: Reown): void {
    for (const [kind, key, session] of this.#shared.values()) {
      this.#share.run(kind, key, session);
      this.noteMoved(kind, key);
    }
    for (const session of this.#changed) {
      this.#setNative.run(this.#session(session).nativeAt, session);
      const rows = this.#keysOf.all(session) as unknown as [FactKind, number][];
      for (const [kind, key] of rows) this.noteMoved(kind, key);
    }
    for (const [kind, key] of this.#moved.values()) {
      const tellers = (this.#tellers.all(kind, key) as unknown as [number][]).map(([s]) => s);
      if (tellers.length === 0) continue;
      reown(kind, key, (at) => tellers.reduce((a, b) => this.#earlier(at, a, b)));
    }
    this.#shared.clear();
    this.#moved.clear();
    this.#changed.clear();
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#shared.clear();
    this.#moved.clear();
    this.#changed.clear();
    this.#known.clear();
  }

  /**
   * A session that was written to before the fact is the original; then one of which that is not
   * known; then one that was written to only later, as a fork is. Of two alike the one that was
   * written to earlier, and then the smaller id: a choice that every order of arrival makes.
   */
  #earlier(at: number, a: number, b: number): number {
    const [first, second] = [this.#session(a), this.#session(b)];
    const order = standing(first.nativeAt, at) - standing(second.nativeAt, at) ||
      (first.nativeAt ?? 0) - (second.nativeAt ?? 0) ||
      (first.name <= second.name ? -1 : 1);
    return order < 0 ? a : b;
  }

  #session(session: number): Known {
    const known = this.#known.get(session);
    if (known) return known;
    const row = this.#find.get(session) as unknown as [string, number | null] | undefined;
    const found = { name: row?.[0] ?? "", nativeAt: row?.[1] ?? null };
    this.#known.set(session, found);
    return found;
  }
}

function standing(nativeAt: number | null, at: number): number {
  if (nativeAt === null) return 1;
  return nativeAt <= at ? 0 : 2;
}
