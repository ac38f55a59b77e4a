/**
 * What every kind of insight finds in a session.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { INSIGHT_KINDS } from "../../core/insight_kinds.ts";
import type { Words } from "../../core/words.ts";

/** Writes the table `insights`. */
export class InsightTable {
  readonly #words: Words;
  readonly #kinds: readonly { readonly name: string; readonly find: Statement }[];
  readonly #clear: Statement;
  readonly #add: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#kinds = INSIGHT_KINDS.map(({ name, sql }) => ({ name, find: prepareArrays(db, sql) }));
    this.#clear = db.prepare("delete from insights where session = ?");
    this.#add = db.prepare(
      `insert into insights (session, kind, member, at, until_at, count, n)
       values (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Derives the insights of a session anew; the caller holds the transaction. */
  derive(session: number): void {
    this.#clear.run(session);
    for (const { name, find } of this.#kinds) {
      for (const found of find.all(session) as unknown as number[][]) {
        this.#add.run(session, this.#words.number(name), ...found);
      }
    }
  }
}
