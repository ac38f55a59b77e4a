/**
 * Notes which sessions changed, in the order in which they did: what readers keep of a session
 * they read anew when its number stands behind what they know. Whoever changes rows of a session
 * notes it in the same transaction.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";

/** Writes the table `session_changes`. */
export class SessionChanges {
  readonly #put: Statement;

  constructor(db: Database) {
    this.#put = db.prepare(
      `insert into session_changes (session, change)
       select value, ifnull((select max(change) from session_changes), 0)
         + row_number() over (order by key)
       from json_each(?) where true
       on conflict (session) do update set change = excluded.change`,
    );
  }

  /** Notes that rows of sessions, each given once, change; the caller holds the transaction. */
  put(sessions: Iterable<number>): void {
    this.#put.run(JSON.stringify([...sessions]));
  }
}
