/** A small database in memory, for tests of what is read of its tables. */

import { DatabaseSync } from "node:sqlite";
import { Privacy } from "../../../core/privacy.ts";
import type { RowPage } from "../../../capture/cursor/row_page.ts";

/** The key of all hashes here. */
export const privacy = new Privacy(new Uint8Array(32).fill(5));

/** What a test does to the database. */
export interface MemoryState extends Disposable {
  readonly db: DatabaseSync;
  put(key: string | null, value: string | Uint8Array | null, table?: string): void;
  remove(key: string): void;
}

/** Makes it with both tables of keys and values. */
export function memoryState(): MemoryState {
  const db = new DatabaseSync(":memory:");
  for (const table of ["ItemTable", "cursorDiskKV"]) {
    db.exec(`create table ${table} (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)`);
  }
  return {
    db,
    put: (key, value, table = "cursorDiskKV") => {
      db.prepare(`insert into ${table} (key, value) values (?, ?)`).run(key, value);
    },
    remove: (key) => {
      db.prepare("delete from cursorDiskKV where key = ?").run(key);
    },
    [Symbol.dispose]: () => db.close(),
  };
}

/** All pages in one: rows as `key=value`, and the last mark. */
export function drain<Mark>(pages: Iterable<RowPage<Mark>>) {
  const rows: string[] = [];
  let tooLong = 0, mark: Mark | undefined;
  for (const page of pages) {
    rows.push(...page.rows.map(({ key, value }) => `${key}=${value}`));
    tooLong += page.tooLong;
    mark = page.mark;
  }
  return { rows, tooLong, mark };
}
