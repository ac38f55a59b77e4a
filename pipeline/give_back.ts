/**
 * Gives free room of the database file back to the disk.
 *
 * @module
 */

import { type Database, emptyLog, prepareArrays } from "../core/database.ts";

/** They are moved in some milliseconds. */
const SLICE_PAGES = 64;

/** Some pages at a turn, where the file knows how; between two turns no transaction is open. */
export function* giveBack(db: Database): Generator<void, void> {
  const shrink = db.prepare(`pragma incremental_vacuum(${SLICE_PAGES})`);
  const free = () => prepareArrays(db, "pragma freelist_count").get()![0] as unknown as number;
  for (let left = free(), before = Infinity; left > 0 && left < before; left = free()) {
    before = left;
    // It frees a page for each row that it is asked for.
    shrink.all();
    yield;
  }
  emptyLog(db);
}
