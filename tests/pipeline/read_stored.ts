/** Reads what a pipeline stored, past all its code and without writing. */

import { inflateSync } from "node:zlib";
import { type Database, openPlain } from "../../core/database.ts";
import { entriesOf } from "../../pipeline/entry_rows.ts";

/** The ids of all stored events as the blocks hold them, sorted. */
export function storedIds(db: Database): string[] {
  return storedLines(db).map(({ event_id }) => event_id!).sort();
}

/** All stored events by platform, session and id, sorted. */
export function storedEvents(db: Database): string[] {
  return storedLines(db)
    .map(({ platform, session_id, event_id }) => `${platform} ${session_id} ${event_id}`).sort();
}

function storedLines(db: Database): Record<string, string>[] {
  const rows = db.prepare("select body from trace_blocks").all() as { body: Uint8Array }[];
  return rows.flatMap(({ body }) => inflateSync(body).toString().split("\n"))
    .map((line) => JSON.parse(line));
}

/** A row of the dead letters. */
export interface LetterRow {
  readonly id: number;
  readonly stream: string;
  readonly consumers: string;
  readonly entry: string;
  readonly error: string;
  readonly message: string | null;
  readonly attempts: number;
  readonly dead_at: number;
  readonly body: string | null;
}

/** All dead letters, the oldest first. */
export function deadLetters(db: Database): LetterRow[] {
  const rows = db.prepare("select * from dead_letters order by id").all();
  return rows.map((row) => ({ ...row }) as unknown as LetterRow);
}

/** How many entries of events or changes are queued. */
export function countQueued(db: Database, stream: 1 | 2): number {
  const sql = `select ifnull(sum(${entriesOf("body")}), 0) as n from stream_entries
    where stream = ?`;
  return db.prepare(sql).get(stream)!.n as number;
}

/** Reads a file that a pipeline may have open. */
export function readFile<T>(path: string, read: (db: Database) => T): T {
  using db = openPlain(path);
  return read(db);
}
