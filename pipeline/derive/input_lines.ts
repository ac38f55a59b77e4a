/**
 * Which inputs are one, though their times differ: an old client that resumes a session copies
 * its lines into a new file under the same uuids, and dates them anew.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { factKey } from "../../core/fact_key.ts";
import { type InputFact, UNCOUNTED } from "./input_fact.ts";

type Teller = [input: number, session: number, at: number];

/** Remembers the inputs of each line. */
export class InputLines {
  readonly #add: Statement;
  readonly #find: Statement;

  constructor(db: Database) {
    this.#add = db.prepare(
      `insert into input_lines (line, input, session, at) values (?, ?, ?, ?)
       on conflict do update set at = min(at, excluded.at)`,
    );
    this.#find = prepareArrays(
      db,
      "select input, session, at from input_lines where line = ? order by at, input, session",
    );
  }

  /**
   * What a line tells of inputs: its own, and the earlier ones that the same line told elsewhere,
   * which its session has, too. Of all of them only the earliest counts.
   */
  tell(uuid: string, key: number, fact: InputFact): [number, InputFact][] {
    const line = factKey(uuid);
    this.#add.run(line, key, fact.session, fact.at);
    const tellers = this.#find.all(line) as unknown as Teller[];
    const [first] = tellers[0]!;
    const isNew = ([input, session]: Teller) => input === key && session === fact.session;
    return tellers.flatMap((later, i) =>
      tellers.slice(0, i + 1)
        .filter((earlier) => earlier === later || isNew(earlier) || isNew(later))
        .map(([input, , at]): [number, InputFact] => {
          return [input, {
            ...fact,
            session: later[1],
            at,
            kind: input === first ? fact.kind : UNCOUNTED,
          }];
        })
    );
  }
}
