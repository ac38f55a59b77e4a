/**
 * What became of edits after they were made: committed by the assistant's own call, changed by
 * another, or taken back. It follows from rows alone, so it is found anew for every edit that
 * something told may touch.
 *
 * @module
 */

import { factKey } from "../../core/fact_key.ts";
import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { OUTCOMES } from "../../core/session_counts.ts";
import type { RewoundSpan } from "./rewinds.ts";
import { toldCount } from "./told.ts";
import { EDIT_FATES } from "../../core/edit_verdict.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

const EDIT = "is_edit = 1 and file is not null";
const OK = OUTCOMES.indexOf("ok");

/** Keeps what is told of files and commits, and finds the edits that it touches. */
export class EditFates {
  readonly #statements: ReturnType<typeof prepare>;
  /** Edits that may have another fate now, by key. */
  readonly #keys = new Set<number>();
  /** Files of sessions whose edits may. */
  readonly #files = new Map<string, [session: number, file: number]>();
  /** Files of sessions that a snapshot told of: edits may, where something asks for it. */
  readonly #seen = new Map<string, [session: number, file: number]>();
  /** Lines whose snapshot was told. */
  readonly #lines = new Map<string, [session: number, line: number]>();
  /** Whether anything is stored by which edits of a session have a fate. */
  readonly #hasFates = new Map<number, boolean>();

  constructor(db: Database) {
    this.#statements = prepare(db);
  }

  /** Stores what an event tells; the caller holds the transaction. */
  tell(session: number, event: TelemetryEvent): void {
    const { eventType, timestamp } = event;
    if (eventType === "tool_result") {
      if (toldCount(event, "git_commits") > 0) this.#tellCommit(session, timestamp);
      return;
    }
    const { line, file, files, gone, taken_at: takenAt } = event.payload;
    if (typeof line !== "string") return;
    const key = factKey(line);
    if (eventType === "file_change" && typeof file === "string") {
      this.#hasFates.set(session, true);
      this.#statements.addChange.run(session, factKey(file), timestamp, key);
      this.#noteFile(session, factKey(file));
    } else if (eventType === "file_snapshot" && typeof takenAt === "number") {
      const { addSnapshot } = this.#statements, at = Math.trunc(takenAt);
      addSnapshot.run(session, 0, key, at, 0);
      for (const each of keysOf(gone)) addSnapshot.run(session, each, key, at, 1);
      for (const each of keysOf(files)) {
        addSnapshot.run(session, each, key, at, 0);
        this.#seen.set(`${session} ${each}`, [session, each]);
      }
      this.#lines.set(`${session} ${key}`, [session, key]);
    }
  }

  /** Notes an edit that was written, as it was before or is now. */
  note(key: number, fact: ToolCallFact): void {
    if (fact.is_edit === 0 || fact.file === null) return;
    if (fact.fate === EDIT_FATES.none && !this.#canHaveFate(fact.session)) return;
    this.#keys.add(key);
    // Another edit may no longer be the last one of its file.
    if (this.#has("hasChange", fact.session, fact.file)) this.#noteFile(fact.session, fact.file);
  }

  /** Notes that edits of a time may be taken back now, or no longer. */
  noteSpans(session: number, spans: readonly RewoundSpan[]): void {
    for (const [from, to] of spans) this.#addKeys("editsWithin", session, from, to);
  }

  /** The edits to look at again, once all others are written. */
  takeAffected(): readonly number[] {
    const { spansOf, changesOf } = this.#statements;
    for (const [session, line] of this.#lines.values()) {
      this.noteSpans(session, spansOf.all(session, line) as unknown as RewoundSpan[]);
      for (const [file] of changesOf.all(session, line) as unknown as [number][]) {
        this.#noteFile(session, file);
      }
    }
    for (const [session, file] of this.#seen.values()) {
      if (this.#has("hasSpan", session) || this.#has("hasChange", session, file)) {
        this.#noteFile(session, file);
      }
    }
    for (const [session, file] of this.#files.values()) this.#addKeys("editsOf", session, file);
    const keys = [...this.#keys];
    this.reset();
    return keys;
  }

  /** The edit with the fate that it has by what is stored now. */
  complete(fact: ToolCallFact): ToolCallFact {
    return { ...fact, fate: this.#fateOf(fact) };
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    for (const noted of [this.#keys, this.#files, this.#seen, this.#lines]) noted.clear();
    this.#hasFates.clear();
  }

  /** In most sessions nothing is told that could become of an edit. */
  #canHaveFate(session: number): boolean {
    const known = this.#hasFates.get(session);
    if (known !== undefined) return known;
    const isTold = this.#has("hasFates", session);
    this.#hasFates.set(session, isTold);
    return isTold;
  }

  /** What was committed before it was taken back or changed stands. */
  #fateOf({ session, at, file, outcome, resolved_at }: ToolCallFact): number {
    if (outcome !== OK || file === null) return EDIT_FATES.none;
    const { commit, restoredAt, change } = this.#statements;
    const [committedAt] = commit.get(session, at) as unknown as [number | null];
    const isBefore = (moment: number) => committedAt === null || moment <= committedAt;
    // A prompt's snapshot can be taken behind a call that follows, and before that has run.
    const when = [session, at, file, resolved_at ?? at] as const;
    const [takenBackAt] = restoredAt.get(...when) as unknown as [number | null];
    if (takenBackAt !== null && isBefore(takenBackAt)) return EDIT_FATES.undone;
    const changed = change.get(...when) as unknown as [number, 0 | 1] | undefined;
    if (changed && isBefore(changed[0])) {
      return changed[1] === 1 ? EDIT_FATES.undone : EDIT_FATES.modified;
    }
    return committedAt === null ? EDIT_FATES.none : EDIT_FATES.committed;
  }

  #tellCommit(session: number, at: number): void {
    this.#hasFates.set(session, true);
    if (this.#statements.addCommit.run(session, at).changes === 0) return;
    const [since] = this.#statements.commitBefore.get(session, at) as unknown as [number | null];
    this.#addKeys("editsWithin", session, since ?? Number.MIN_SAFE_INTEGER, at);
  }

  #noteFile(session: number, file: number): void {
    this.#files.set(`${session} ${file}`, [session, file]);
  }

  #addKeys(query: "editsWithin" | "editsOf", ...parameters: readonly number[]): void {
    const rows = this.#statements[query].all(...parameters) as unknown as [number][];
    for (const [key] of rows) this.#keys.add(key);
  }

  #has(query: "hasChange" | "hasSpan" | "hasFates", ...parameters: readonly number[]): boolean {
    return (this.#statements[query].get(...parameters) as unknown as [number])[0] === 1;
  }
}

function keysOf(names: unknown): number[] {
  const texts = Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  return texts.map(factKey);
}

function prepare(db: Database) {
  const arrays = (sql: string): Statement => prepareArrays(db, sql);
  // Whether the file ?3 of the session ?1 was restored by when a line was typed: it is gone, or
  // has no backup since ?4, as it is what it was then. Where the client did not look, it is not.
  const isRestored = (line: string) =>
    `exists (
       select 1 from (
         select min(at) as looked_at from file_snapshots
         where session = ?1 and file = 0 and line = ${line})
       where looked_at is not null and (
         exists (select 1 from file_snapshots
           where session = ?1 and file = ?3 and line = ${line} and gone = 1)
         or not exists (select 1 from file_snapshots
           where session = ?1 and file = ?3 and gone = 0 and at > ?4 and at <= looked_at)))`;
  return {
    addCommit: db.prepare(
      "insert into commits (session, at) values (?, ?) on conflict do nothing",
    ),
    addChange: db.prepare(
      `insert into file_changes (session, file, at, line) values (?, ?, ?, ?)
       on conflict do nothing`,
    ),
    addSnapshot: db.prepare(
      `insert into file_snapshots (session, file, line, at, gone) values (?, ?, ?, ?, ?)
       on conflict do nothing`,
    ),
    hasChange: arrays(
      "select exists (select 1 from file_changes where session = ? and file = ?)",
    ),
    hasFates: arrays(
      `select exists (select 1 from commits where session = ?1)
         or exists (select 1 from file_changes where session = ?1)
         or exists (select 1 from rewound_spans where session = ?1)`,
    ),
    hasSpan: arrays("select exists (select 1 from rewound_spans where session = ?)"),
    spansOf: arrays(
      "select from_at, to_at, line from rewound_spans where session = ? and line = ?",
    ),
    changesOf: arrays("select file from file_changes where session = ? and line = ?"),
    editsWithin: arrays(
      `select key from tool_calls where ${EDIT} and session = ? and at >= ? and at < ?`,
    ),
    editsOf: arrays(`select key from tool_calls where ${EDIT} and session = ? and file = ?`),
    commitBefore: arrays("select max(at) from commits where session = ? and at < ?"),
    commit: arrays("select min(at) from commits where session = ? and at > ?"),
    restoredAt: arrays(
      `select min(to_at) from rewound_spans s
       where session = ?1 and from_at <= ?2 and to_at > ?2 and ${isRestored("s.line")}`,
    ),
    change: arrays(
      `select c.at, ${isRestored("c.line")} from file_changes c
       where session = ?1 and file = ?3 and at > ?2 and not exists (
         select 1 from tool_calls where ${EDIT} and session = ?1 and file = ?3 and at > ?2
           and at < c.at and outcome = ${OK})
       order by c.at, c.line limit 1`,
    ),
  };
}
