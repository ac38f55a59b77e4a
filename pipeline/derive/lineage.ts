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
export type Reown = (kind: FactKind, key: number, owner: number) => void;

/** By what sessions are ordered. */
interface Standing {
  readonly name: string;
  readonly nativeAt: number | null;
  readonly startedAt: number | null;
}

/** A session whose own file was written to this soon was not copied from another one. */
const ORIGINAL_WITHIN_MS = 60_000;

/** Decides and remembers who shares what. */
export class Lineage {
  readonly #standings = new Map<number, Standing>();
  readonly #natives = new Map<number, number>();
  readonly #shared = new Map<string, [FactKind, number, number]>();
  readonly #find: Statement;
  readonly #setNative: Statement;
  readonly #share: Statement;
  readonly #keysOf: Statement;
  readonly #tellers: Statement;

  constructor(db: Database) {
    this.#find = prepareArrays(
      db,
      `select session_id || ' ' || text, native_at, started_at from sessions s
       join words w on w.id = s.platform where s.id = ?`,
    );
    this.#setNative = db.prepare(
      "update sessions set native_at = min(ifnull(native_at, ?1), ?1) where id = ?2",
    );
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
    this.#natives.set(session, Math.min(at, this.#natives.get(session) ?? Infinity));
  }

  /** Notes that two sessions tell one fact. */
  noteShared(kind: FactKind, key: number, a: number, b: number): void {
    if (a === b) return;
    for (const session of [a, b]) {
      this.#shared.set(`${kind} ${key} ${session}`, [kind, key, session]);
    }
  }

  /**
   * Writes what the batch told, and gives shared facts to who was first; the caller holds the
   * transaction, and has written when sessions started.
   *
   * @param seen the sessions of the batch
   */
  flush(seen: Iterable<number>, reown: Reown): void {
    for (const [session, at] of this.#natives) this.#setNative.run(at, session);
    const again = new Map<string, [FactKind, number]>();
    for (const [kind, key, session] of this.#shared.values()) {
      this.#share.run(kind, key, session);
      again.set(`${kind} ${key}`, [kind, key]);
    }
    for (const session of seen) {
      if (!this.#hasMoved(session)) continue;
      for (const [kind, key] of this.#keysOf.all(session) as unknown as [FactKind, number][]) {
        again.set(`${kind} ${key}`, [kind, key]);
      }
    }
    for (const [kind, key] of again.values()) {
      const tellers = (this.#tellers.all(kind, key) as unknown as [number][]).map(([s]) => s);
      reown(kind, key, tellers.reduce((a, b) => this.#earlier(a, b)));
    }
    this.#shared.clear();
    this.#natives.clear();
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#shared.clear();
    this.#natives.clear();
    this.#standings.clear();
  }

  /** Whether a session stands otherwise than it did, or was not looked at yet. */
  #hasMoved(session: number): boolean {
    const before = this.#standings.get(session);
    this.#standings.delete(session);
    const now = this.#standing(session);
    return before?.nativeAt !== now.nativeAt || before?.startedAt !== now.startedAt;
  }

  /**
   * A session that was written to as soon as it started is an original; then one of which no
   * such moment is known; then one that was written to only later, as a fork is. Of two alike
   * the one that was written to earlier, and then the smaller id.
   */
  #earlier(a: number, b: number): number {
    const [first, second] = [this.#standing(a), this.#standing(b)];
    const order = rank(first) - rank(second) ||
      (first.nativeAt ?? 0) - (second.nativeAt ?? 0) ||
      (first.name <= second.name ? -1 : 1);
    return order < 0 ? a : b;
  }

  #standing(session: number): Standing {
    const known = this.#standings.get(session);
    if (known) return known;
    const row = this.#find.get(session) as unknown as
      | [string, number | null, number | null]
      | undefined;
    const [name, nativeAt, startedAt] = row ?? ["", null, null];
    const standing = { name, nativeAt, startedAt };
    this.#standings.set(session, standing);
    return standing;
  }
}

function rank({ nativeAt, startedAt }: Standing): number {
  if (nativeAt === null) return 1;
  return nativeAt - (startedAt ?? nativeAt) <= ORIGINAL_WITHIN_MS ? 0 : 2;
}
