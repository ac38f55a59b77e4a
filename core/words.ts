/**
 * Numbers for safe words: the dictionary table behind every indexed column.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "./database.ts";

/** Gives each word a number that never changes. Writes, so only the writer has one. */
export class Words {
  readonly #numbers = new Map<string, number>();
  readonly #find: Statement;
  readonly #add: Statement;
  readonly #read: Statement;

  constructor(db: Database) {
    this.#find = prepareArrays(db, "select id from words where text = ?");
    this.#read = prepareArrays(db, "select text from words where id = ?");
    this.#add = prepareArrays(db, "insert into words (text) values (?) returning id");
  }

  /** The number of a word, given out now if it is new. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const row = (this.#find.get(text) ?? this.#add.get(text)) as unknown as [number];
    this.#numbers.set(text, row[0]);
    return row[0];
  }

  /** Less than 0 when the word of `a` comes before that of `b`: numbers say nothing of that. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const [first, second] = [a, b].map((n) => (this.#read.get(n) as unknown as [string])[0]);
    return first! < second! ? -1 : 1;
  }

  /** Forgets what a rolled-back transaction gave out. */
  forget(): void {
    this.#numbers.clear();
  }
}

/** The words of a database by number, for readers. */
export function readWords(db: Database): ReadonlyMap<number, string> {
  const rows = prepareArrays(db, "select id, text from words").all() as unknown as [
    number,
    string,
  ][];
  return new Map(rows);
}
