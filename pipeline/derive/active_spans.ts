/**
 * Stretches in which a session or sub-agent was active: moments less than five minutes apart
 * belong to one. The same moments make the same stretches in whatever order they come.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { PAUSE_MAX_MS } from "../../core/session_counts.ts";

type Span = [from: number, to: number];

interface Noted {
  readonly owner: readonly number[];
  readonly moments: number[];
}

/** Collects the moments of a batch and merges them into the table at its end. */
export class ActiveSpans {
  readonly #moments = new Map<string, Noted>();
  readonly #near: Statement;
  readonly #remove: Statement;
  readonly #add: Statement;

  /** @param owner the columns that say whose stretches they are */
  constructor(
    db: Database,
    table: "active_spans" | "agent_spans" = "active_spans",
    owner: readonly string[] = ["session"],
  ) {
    const isOwn = owner.map((name) => `${name} = ?`).join(" and ");
    const places = owner.map(() => "?").join(", ");
    this.#near = prepareArrays(
      db,
      `select from_at, to_at from ${table}
       where ${isOwn} and from_at <= ? and to_at >= ? order by from_at`,
    );
    this.#remove = db.prepare(`delete from ${table} where ${isOwn} and from_at = ?`);
    this.#add = db.prepare(
      `insert into ${table} (${owner.join(", ")}, from_at, to_at) values (${places}, ?, ?)
       on conflict do update set to_at = max(to_at, excluded.to_at)`,
    );
  }

  /** Notes a moment of a session, or of its sub-agent. */
  note(owner: readonly number[], at: number): void {
    const name = owner.join(" ");
    const noted = this.#moments.get(name);
    if (noted) noted.moments.push(at);
    else this.#moments.set(name, { owner, moments: [at] });
  }

  /** Writes what was noted; the caller holds the transaction. */
  flush(): void {
    for (const { owner, moments } of this.#moments.values()) {
      for (const span of joinSpans(moments.map((at): Span => [at, at]))) {
        this.#merge(owner, span);
      }
    }
    this.#moments.clear();
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#moments.clear();
  }

  #merge(owner: readonly number[], [from, to]: Span): void {
    const near = this.#near.all(
      ...owner,
      to + PAUSE_MAX_MS,
      from - PAUSE_MAX_MS,
    ) as unknown as Span[];
    const [first] = near;
    if (near.length === 1 && first![0] <= from && first![1] >= to) return;
    const start = Math.min(from, first?.[0] ?? from);
    // One that goes on is moved, not made anew: what it was is told already.
    for (const [other] of near) if (other !== start) this.#remove.run(...owner, other);
    this.#add.run(...owner, start, Math.max(to, ...near.map(([, end]) => end)));
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
