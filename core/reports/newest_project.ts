/**
 * The project that was seen first last: by it one sees that there is another.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** Tells it, and looks at sessions only where there is a word more than before. */
export class NewestProject {
  readonly #db: Database;
  #word: number | null = null;
  #project: number | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The number of its word; null before there is any. */
  read(): number | null {
    const word = this.#max("select max(id) from words");
    if (word !== this.#word) this.#project = this.#max("select max(project) from sessions");
    this.#word = word;
    return this.#project;
  }

  #max(sql: string): number | null {
    return (prepareArrays(this.#db, sql).get() as unknown as [number | null])[0];
  }
}
