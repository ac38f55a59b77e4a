/**
 * What a person took back: they went back to where they had been before and typed anew. A thread
 * is a stack, so all that was added since then is off it, until the new line stands in its place.
 *
 * @module
 */

import { factKey } from "../../core/fact_key.ts";
import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";

/** What is taken back, from the first moment to before the last, and the line in its place. */
export type RewoundSpan = readonly [from: number, to: number, line: number];

/** Gets a session, and spans that it has since now or no longer. */
export type SpansChanged = (session: number, spans: readonly RewoundSpan[]) => void;

/** Keeps the places of typed lines, and derives spans of them. */
export class Rewinds {
  readonly #changed = new Set<number>();
  readonly #addPlace: Statement;
  readonly #addStray: Statement;
  readonly #linesAt: Statement;
  readonly #rewound: Statement;
  readonly #derived: Statement;
  readonly #stored: Statement;
  readonly #remove: Statement;
  readonly #add: Statement;

  constructor(db: Database) {
    this.#addPlace = db.prepare(
      `insert into prompt_places (session, place, line, at, fleeting) values (?, ?, ?, ?, ?)
       on conflict do update set at = excluded.at where at > excluded.at`,
    );
    this.#addStray = db.prepare(
      "insert into stray_responses (session, at) values (?, ?) on conflict do nothing",
    );
    this.#linesAt = prepareArrays(
      db,
      "select count(*) from prompt_places where session = ? and place = ?",
    );
    this.#rewound = prepareArrays(
      db,
      `select exists (select 1 from rewound_spans where session = ?1)
         or exists (select 1 from stray_responses where session = ?1)`,
    );
    // Each line takes the place of the last one before it there: all of them together cover what
    // any two do, and a file without a chain cannot make more of them than it has lines.
    // Where a response goes on from another line than the new one, two clients write at once.
    this.#derived = prepareArrays(
      db,
      `with steps as (
         select place, at, lag(at) over (partition by place order by at) as before
         from (select distinct place, at from prompt_places where session = ?1))
       select distinct s.before, b.at, b.line from steps s
       join prompt_places b on b.session = ?1 and b.place = s.place and b.at = s.at
       where s.before is not null and not exists (
         select 1 from stray_responses r where r.session = ?1 and r.at >= b.at
           and r.at < ifnull((
             select min(at) from prompt_places where session = ?1 and at > b.at), 9e15))`,
    );
    this.#stored = prepareArrays(
      db,
      "select from_at, to_at, line from rewound_spans where session = ?",
    );
    this.#remove = db.prepare(
      "delete from rewound_spans where session = ? and from_at = ? and to_at = ? and line = ?",
    );
    this.#add = db.prepare(
      "insert into rewound_spans (session, from_at, to_at, line) values (?, ?, ?, ?)",
    );
  }

  /** Stores what an event tells of the thread; the caller holds the transaction. */
  tell(session: number, { timestamp, metadata, payload }: TelemetryEvent): void {
    if (metadata.undated === true) return;
    if (payload.stray === true && this.#addStray.run(session, timestamp).changes > 0) {
      if (this.#isRewound(session)) this.#changed.add(session);
    }
    const { line } = metadata,
      { follows } = payload,
      fleeting = Number(payload.fleeting === true);
    if (!Array.isArray(follows) || typeof line !== "string") return;
    for (const before of follows) {
      if (typeof before !== "string") continue;
      const key = factKey(before);
      const place = [session, key, factKey(line), timestamp, fleeting] as const;
      if (this.#addPlace.run(...place).changes === 0) continue;
      const [lines] = this.#linesAt.get(session, key) as unknown as [number];
      if (lines > 1 || this.#isRewound(session)) this.#changed.add(session);
    }
  }

  /** Derives the spans of all sessions of which something was told. */
  flush(onChange: SpansChanged): void {
    for (const session of this.#changed) {
      const before = this.#spans(this.#stored, session);
      const now = this.#spans(this.#derived, session);
      const gone = [...before].filter(([name]) => !now.has(name)).map(([, span]) => span);
      const come = [...now].filter(([name]) => !before.has(name)).map(([, span]) => span);
      for (const span of gone) this.#remove.run(session, ...span);
      for (const span of come) this.#add.run(session, ...span);
      if (gone.length + come.length > 0) onChange(session, [...gone, ...come]);
    }
    this.#changed.clear();
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#changed.clear();
  }

  /** Whether spans can change, though no two lines share a place that is new. */
  #isRewound(session: number): boolean {
    return (this.#rewound.get(session) as unknown as [number])[0] === 1;
  }

  #spans(statement: Statement, session: number): Map<string, RewoundSpan> {
    const rows = statement.all(session) as unknown as RewoundSpan[];
    return new Map(rows.map((row) => [row.join(), row]));
  }
}
