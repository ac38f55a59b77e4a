/**
 * Which session recorded a fact first, where several tell it: a fork copies its past, and no line
 * says from where. What it tells holds whatever the order of arrival.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { madeWith, noteMadeWith } from "../../core/made_with.ts";

/** Kinds of facts that sessions share; the numbers are stored. */
export const FACT_KINDS = { response: 1, toolCall: 2, input: 3 } as const;

/** One of {@linkcode FACT_KINDS}. */
export type FactKind = typeof FACT_KINDS[keyof typeof FACT_KINDS];

/** Changes when another session comes to be the first. */
const RULES = "2";

/** A fact of one session, by its number. */
export interface Owned {
  readonly session: number;
}

/** The fact as its owner has it: the same object, if it is the owner's already. */
export function ownedBy(session: number): <Fact extends Owned>(fact: Fact) => Fact {
  return (fact) => fact.session === session ? fact : { ...fact, session };
}

/** Gives a fact to the session that recorded it first, out of all that tell it. */
export type Reown = (kind: FactKind, key: number, owner: number) => void;

/** By what sessions are ordered. */
interface Standing {
  readonly name: string;
  readonly nativeAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The first moment of what it alone tells; null where others tell all of it. */
  readonly ownAt: number | null;
}

type StandingRow = readonly [
  name: string,
  nativeAt: number | null,
  startedAt: number | null,
  endedAt: number | null,
  ownAt: number | null,
];

/** A session whose own file was written to this soon was not copied from another one. */
const ORIGINAL_WITHIN_MS = 60_000;

/** Moments of facts that a session tells and no other one, the first of each table and side. */
const OWN_MOMENTS = [
  ["responses", FACT_KINDS.response, "side = 0"],
  ["responses", FACT_KINDS.response, "side = 1"],
  ["tool_calls", FACT_KINDS.toolCall, "side = 0"],
  ["tool_calls", FACT_KINDS.toolCall, "side = 1"],
  // What counts only beside something else comes and goes with that.
  ["inputs", FACT_KINDS.input, "kind >= 0 and loose = 0"],
].map(([table, kind, which]) =>
  `select * from (select at from ${table} f where session = ?1 and ${which} and not exists (
     select 1 from shared_facts where kind = ${kind} and key = f.key and session <> ?1)
   order by at limit 1)`
).join(" union all ");

/** Decides and remembers who shares what. */
export class Lineage {
  readonly #db: Database;
  readonly #standings = new Map<number, Standing>();
  readonly #natives = new Map<number, number>();
  readonly #shared = new Map<string, [FactKind, number, number]>();
  readonly #find: Statement;
  readonly #setNative: Statement;
  readonly #share: Statement;
  readonly #keysOf: Statement;
  readonly #tellers: Statement;
  readonly #sharing: Statement;
  /** Whether all that is stored was given out by these rules. */
  #isCurrent = false;

  constructor(db: Database) {
    this.#db = db;
    this.#find = prepareArrays(
      db,
      `select session_id || ' ' || text, native_at, started_at, ended_at,
         iif(exists (select 1 from shared_facts where session = ?1),
           (select min(at) from (${OWN_MOMENTS})), null)
       from sessions s join words w on w.id = s.platform where s.id = ?1`,
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
    this.#sharing = prepareArrays(db, "select distinct session from shared_facts");
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
   * transaction, and has written sessions and facts.
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
    const sharing = this.#shared.values().map(([, , session]) => session);
    for (const session of new Set([...seen, ...sharing, ...this.#outdated()])) {
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
    this.#isCurrent = false;
  }

  /** The sessions whose shared facts were given out by other rules; once, for all of them. */
  #outdated(): number[] {
    if (this.#isCurrent) return [];
    this.#isCurrent = true;
    if (madeWith(this.#db, "lineage") === RULES) return [];
    noteMadeWith(this.#db, "lineage", RULES);
    return (this.#sharing.all() as unknown as [number][]).map(([session]) => session);
  }

  /** Whether a session stands otherwise than it did, or was not looked at yet. */
  #hasMoved(session: number): boolean {
    const before = this.#standings.get(session);
    this.#standings.delete(session);
    const now = this.#standing(session);
    return before === undefined || order(before, now) !== 0;
  }

  #earlier(a: number, b: number): number {
    return order(this.#standing(a), this.#standing(b)) < 0 ? a : b;
  }

  #standing(session: number): Standing {
    const known = this.#standings.get(session);
    if (known) return known;
    const row = this.#find.get(session) as unknown as StandingRow | undefined;
    const [name, nativeAt, startedAt, endedAt, ownAt] = row ?? ["", null, null, null, null];
    const standing = { name, nativeAt, startedAt, endedAt, ownAt };
    this.#standings.set(session, standing);
    return standing;
  }
}

/**
 * A session that was written to as soon as it started is an original; then one of which no such
 * moment is known; then one that was written to only later, as a fork is. Of two alike it is the
 * one that was written to earlier, or else the one that parted from the others first; then the
 * one that tells nothing else, which must not be left with nothing; then the smaller id.
 */
function order(a: Standing, b: Standing): number {
  return rank(a) - rank(b) || (a.nativeAt ?? 0) - (b.nativeAt ?? 0) ||
    partedAt(a) - partedAt(b) || Number(a.ownAt !== null) - Number(b.ownAt !== null) ||
    (a.name < b.name ? -1 : Number(a.name > b.name));
}

/** What tells nothing of its own was over before those that go on from there parted from it. */
function partedAt({ ownAt, endedAt }: Standing): number {
  return ownAt ?? endedAt ?? Number.MAX_SAFE_INTEGER;
}

function rank({ nativeAt, startedAt }: Standing): number {
  if (nativeAt === null) return 1;
  return nativeAt - (startedAt ?? nativeAt) <= ORIGINAL_WITHIN_MS ? 0 : 2;
}
