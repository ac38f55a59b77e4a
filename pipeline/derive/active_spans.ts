/**
 * Stretches in which a session was active: moments less than five minutes apart belong to one.
 * The same moments make the same stretches in whatever order they come.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";

/** The longest pause that still counts as activity, in milliseconds. */
export const PAUSE_MAX_MS = 5 * 60_000;

type Span = [from: number, to: number];

/** Collects the moments of a batch and merges them into the table at its end. */
export class ActiveSpans {
  readonly #moments = new Map<number, number[]>();
  readonly #near: Statement;
  readonly #remove: Statement;
  readonly #add: Statement;

  constructor(db: Database) {
    this.#near = prepareArrays(
      db,
      `select from_at, to_at from active_spans
       where session = ? and from_at <= ? and to_at >= ? order by from_at`,
    );
    this.#remove = db.prepare("delete from active_spans where session = ? and from_at = ?");
    this.#add = db.prepare(
      `insert into active_spans (session, from_at, to_at) values (?, ?, ?)
       on conflict do update set to_at = max(to_at, excluded.to_at)`,
    );
  }

  /** Notes a moment of a session. */
  note(session: number, at: number): void {
    const moments = this.#moments.get(session);
    if (moments) moments.push(at);
    else this.#moments.set(session, [at]);
  }

  /** Writes what was noted; the caller holds the transaction. */
  flush(): void {
    for (const [session, moments] of this.#moments) {
      for (const span of joinSpans(moments.map((at): Span => [at, at]))) {
        this.#merge(session, span);
      }
    }
    this.#moments.clear();
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#moments.clear();
  }

  #merge(session: number, [from, to]: Span): void {
    const near = this.#near.all(
      session,
      to + PAUSE_MAX_MS,
      from - PAUSE_MAX_MS,
    ) as unknown as Span[];
    const [first] = near;
    if (near.length === 1 && first![0] <= from && first![1] >= to) return;
    for (const [start] of near) this.#remove.run(session, start);
    const start = Math.min(from, first?.[0] ?? from);
    this.#add.run(session, start, Math.max(to, ...near.map(([, end]) => end)));
  }
}

/** Spans, those of them joined that are no more than a pause apart. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from - last[1] <= PAUSE_MAX_MS) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
