/**
 * How far every source is stored, written with the rows: from there reading goes on when a queue
 * was lost with what it had accepted.
 *
 * @module
 */

import { type Checkpoint, CheckpointStore, readCheckpoints } from "../core/checkpoints.ts";
import { type Database, prepareArrays, type Statement } from "../core/database.ts";
import type { Words } from "../core/words.ts";
import { readCheckpoint, type SourceMark } from "./source_mark.ts";

/** The table `stored_sources`, and its relation to `sources`, which holds what was accepted. */
export class StoredMarks {
  readonly #db: Database;
  readonly #words: Words;
  readonly #accepted: CheckpointStore;
  readonly #save: Statement;
  readonly #read: Statement;

  constructor(db: Database, words: Words) {
    this.#db = db;
    this.#words = words;
    this.#accepted = new CheckpointStore(db, words);
    this.#save = db.prepare(
      `insert into stored_sources (machine, id, platform, session_id, lines, mark)
       values (?, ?, ?, ?, ?, ?)
       on conflict (machine, id) do update set session_id = excluded.session_id,
         lines = excluded.lines, mark = excluded.mark`,
    );
    this.#read = prepareArrays(db, "select id, mark from stored_sources where machine = ?");
  }

  /** Stores marks; the caller holds the transaction. */
  save(marks: Iterable<SourceMark>): void {
    for (const { machine, checkpoint } of marks) {
      const { id, platform, sessionId, lines } = checkpoint;
      const word = this.#words.number(platform);
      this.#save.run(machine, id, word, sessionId, lines, JSON.stringify(checkpoint));
    }
  }

  /** The marks of a machine by their source. */
  of(machine: string): Map<string, Checkpoint> {
    const rows = this.#read.all(machine) as unknown as [string, string][];
    return new Map(rows.map(([id, mark]) => [id, readCheckpoint(JSON.parse(mark))]));
  }

  /** Every machine that has any. */
  machines(): string[] {
    const rows = prepareArrays(this.#db, "select distinct machine from stored_sources").all();
    return (rows as unknown as [string][]).map(([machine]) => machine);
  }

  /** Puts back what was accepted to these marks; the caller holds the transaction. */
  rewind(marks: Iterable<Checkpoint>): void {
    this.#db.exec("delete from sources");
    for (const mark of marks) if (!mark.transient) this.#accepted.save(mark);
  }

  /** Takes what was accepted for stored, as it is once a queue in this file is empty. */
  adopt(machine: string): void {
    const accepted = readCheckpoints(this.#db).values();
    this.save(accepted.map((checkpoint) => ({ machine, checkpoint })));
  }
}
