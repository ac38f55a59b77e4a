/** What tests of databases put into one, and see of one. */

import { type Database, openPlain } from "../../core/database.ts";

/** Adds a row to a table of two columns. */
export function addWord(db: Database, text: string): void {
  db.prepare("insert into words (text) values (?)").run(text);
}

/** What was added, in its order. */
export function wordsOf(db: Database): unknown[] {
  return db.prepare("select text from words order by id").all().map(({ text }) => text);
}

/** The names of its tables. */
export function tablesOf(db: Database): string[] {
  return db.prepare("select name from sqlite_schema where type = 'table' order by name").all()
    .map(({ name }) => String(name)).filter((name) => !name.startsWith("sqlite_"));
}

/** Adds one by another connection to the file, as another process would. */
export function addWordBeside(path: string, text: string): void {
  using other = openPlain(path);
  addWord(other, text);
}
