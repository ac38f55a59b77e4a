/**
 * Which sessions a group has to derive anew, and from what moment on: the metrics fold says so of
 * every fact that it changed.
 *
 * @module
 */

import { type Database, LIMIT, prepareArrays, type Statement } from "../../core/database.ts";
import { SessionChanges } from "./session_changes.ts";

/** A session, and the first moment at which something of it changed. */
export type DirtySession = readonly [session: number, fromAt: number];

/** Earlier than anything that happens: all of the session is to be derived. */
export const EVERYTHING_AT = Number.MIN_SAFE_INTEGER;

/** Later than anything that happens: of the session itself something may have changed. */
export const NOTHING_AT = Number.MAX_SAFE_INTEGER;

/** Collects what a batch changed, and keeps it for each group until that has derived it. */
export class DirtySessions {
  readonly #groups: readonly string[];
  readonly #marks = new Map<number, number>();
  readonly #changes: SessionChanges;
  readonly #add: Statement;
  readonly #addAll: Statement;
  readonly #next: Statement;
  readonly #move: Statement;
  readonly #remove: Statement;
  readonly #count: Statement;

  constructor(db: Database, groups: readonly string[]) {
    this.#groups = groups;
    this.#changes = new SessionChanges(db);
    this.#add = db.prepare(
      `insert into dirty_sessions (name, session, from_at) values (?, ?, ?)
       on conflict do update set from_at = min(from_at, excluded.from_at)`,
    );
    this.#addAll = db.prepare(
      `insert into dirty_sessions (name, session, from_at)
       select ?, id, ${EVERYTHING_AT} from sessions where true
       on conflict do update set from_at = excluded.from_at`,
    );
    this.#next = prepareArrays(
      db,
      `select session, from_at from dirty_sessions where name = ? order by session ${LIMIT}`,
    );
    this.#move = db.prepare(
      "update dirty_sessions set from_at = ? where name = ? and session = ?",
    );
    this.#remove = db.prepare("delete from dirty_sessions where name = ? and session = ?");
    this.#count = prepareArrays(db, "select count(*) from dirty_sessions where name = ?");
  }

  /** Notes a change of a session at a moment. */
  mark(session: number, at: number): void {
    const known = this.#marks.get(session);
    if (known === undefined || at < known) this.#marks.set(session, at);
  }

  /** Writes what was noted, for readers and every group; the caller holds the transaction. */
  flush(): void {
    for (const [session, at] of this.#marks) {
      for (const group of this.#groups) this.#add.run(group, session, at);
    }
    this.flushChanges();
  }

  /** Writes what was noted for readers alone: no group derives anything from it. */
  flushChanges(): void {
    if (this.#marks.size > 0) this.#changes.put(this.#marks.keys());
    this.#marks.clear();
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#marks.clear();
  }

  /** Marks all that is known of all sessions. */
  markAll(group: string): void {
    this.#addAll.run(group);
  }

  /** Has the groups behind one derive all of a session anew, as they read what that one writes. */
  markBehind(group: string, session: number): void {
    for (const name of this.#groups.slice(this.#groups.indexOf(group) + 1)) {
      this.#add.run(name, session, EVERYTHING_AT);
    }
  }

  /** The next sessions of a group, at most `max`. */
  next(group: string, max: number): readonly DirtySession[] {
    return this.#next.all(group, max) as unknown as DirtySession[];
  }

  /** Notes that a group derived a session, up to `rest` where it is not yet done. */
  settle(group: string, session: number, rest?: number): void {
    if (rest === undefined) this.#remove.run(group, session);
    else this.#move.run(rest, group, session);
  }

  /** How many sessions a group still has to derive. */
  count(group: string): number {
    return (this.#count.get(group) as unknown as [number])[0];
  }
}
