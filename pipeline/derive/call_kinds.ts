/**
 * Numbers for kinds of calls: tool, model, permission mode and extension together, so that one
 * table of sums tells every number of calls by each of them.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";

/** Numbers of words; null where there is none. */
export interface CallKind {
  readonly tool: number | null;
  readonly model: number | null;
  readonly mode: number | null;
  readonly extension: number | null;
}

/** What stands for none: no word has this number. */
const NONE = 0;

/** Gives each kind a number that never changes. */
export class CallKinds {
  readonly #numbers = new Map<string, number>();
  readonly #find: Statement;
  readonly #add: Statement;

  constructor(db: Database) {
    this.#find = prepareArrays(
      db,
      "select id from call_kinds where tool = ? and model = ? and mode = ? and extension = ?",
    );
    this.#add = prepareArrays(
      db,
      "insert into call_kinds (tool, model, mode, extension) values (?, ?, ?, ?) returning id",
    );
  }

  /** The number of a kind, given out now if it is new. */
  number({ tool, model, mode, extension }: CallKind): number {
    const words = [tool ?? NONE, model ?? NONE, mode ?? NONE, extension ?? NONE];
    const name = words.join(" ");
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const [id] = (this.#find.get(...words) ?? this.#add.get(...words)) as unknown as [number];
    this.#numbers.set(name, id);
    return id;
  }

  /** Forgets what a rolled-back transaction gave out. */
  forget(): void {
    this.#numbers.clear();
  }
}
