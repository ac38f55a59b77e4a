/** Puts entries into the queue of a home past all code, as a damaged or older program would. */

import { DatabaseSync } from "node:sqlite";

/** Appends bodies to the events that wait. */
export function queueEntries(home: string, bodies: readonly string[]): void {
  const db = new DatabaseSync(`${home}/telemetry.db`, { timeout: 5000 });
  const add = db.prepare(
    `insert into stream_entries (stream, id, body) values (1, (select 1 + max(
       ifnull((select max(id) from stream_entries where stream = 1), 0),
       (select max(position) from stream_groups where stream = 1))), ?)`,
  );
  for (const body of bodies) add.run(body);
  db.close();
}
