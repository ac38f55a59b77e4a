/**
 * Has everything read from its start again: also what was purged.
 *
 * @module
 */

import { type Database, inTransaction } from "../core/database.ts";
import { purgedBeside, readSound, writePurged } from "./purged_file.ts";
import type { Tombstones } from "./tombstones.ts";

/** What is changed for it. */
export interface AgainParts {
  readonly db: Database;
  /** Of the database. */
  readonly path: string;
  readonly tombstones: Tombstones;
}

/** Lifts tombstones and forgets reading positions: of a platform, or of all. */
export function readAgain(
  { db, path, tombstones }: AgainParts,
  platform: string | undefined,
): void {
  const file = purgedBeside(path);
  inTransaction(db, () => {
    readSound(db, file);
    tombstones.lift(platform);
    db.prepare(
      `delete from sources where ?1 is null
         or platform = (select id from words where text = ?1)`,
    ).run(platform ?? null);
    // The file first: what is lifted in the tables alone would be brought back of it.
    writePurged(db, file);
  });
}
