/**
 * Numbers for safe words: the dictionary table behind every indexed column.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays, type Statement } from "./database.ts";

/** Gives each word a number that never changes. Writes, so only the writer has one. */
export class Words {
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<number, string>();
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

  /** The word with this number. */
  text(number: number): string {
    const known = this.#texts.get(number);
    if (known !== undefined) return known;
    const row = this.#read.get(number) as unknown as [string];
    this.#texts.set(number, row[0]);
    return row[0];
  }

  /**
   * Less than 0 when the word of `a` comes before that of `b`: numbers say nothing of that. None
   * comes last.
   */
  compare(a: number | null, b: number | null): number {
    if (a === b) return 0;
    if (a === null || b === null) return a === null ? 1 : -1;
    return this.text(a) < this.text(b) ? -1 : 1;
  }

  /** Forgets what a rolled-back transaction gave out. */
  forget(): void {
    this.#numbers.clear();
    this.#texts.clear();
  }
}

interface Kept {
  count: number;
  last: number;
  readonly words: Map<number, string>;
}

const KEPT = new WeakMap<Database, Kept>();

/**
 * The words of a database by number, for readers. Who is asked often reads those that are new, and
 * all of them when some are gone.
 */
export function readWords(db: Database): ReadonlyMap<number, string> {
  if (!isKeeper(db)) return new Map(readFrom(db, 0));
  const [count, last] = prepareArrays(db, "select count(*), ifnull(max(id), 0) from words")
    .get() as unknown as [number, number];
  const kept = KEPT.get(db);
  if (kept?.count === count && kept.last === last) return kept.words;
  // No number is given out twice, but the text of the last one may be another now.
  const rows = kept ? readFrom(db, kept.last) : [];
  if (kept && kept.count - 1 + rows.length === count) {
    for (const [number, text] of rows) kept.words.set(number, text);
    kept.count = count;
    kept.last = last;
    return kept.words;
  }
  const words = new Map(readFrom(db, 0));
  KEPT.set(db, { count, last, words });
  return words;
}

function readFrom(db: Database, first: number): [number, string][] {
  return prepareArrays(db, "select id, text from words where id >= ?")
    .all(first) as unknown as [number, string][];
}

/** The number of a word, for readers; -1, which is that of none, where it is not there. */
export function readWordNumber(db: Database, text: string): number {
  const row = prepareArrays(db, "select id from words where text = ?").get(text);
  return (row as unknown as [number] | undefined)?.[0] ?? -1;
}
