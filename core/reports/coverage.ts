/**
 * How much of what is on disk a report speaks of.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { filesFound } from "../files_found.ts";

/** Files read to their end, of those that are known. */
export interface Coverage {
  readonly files_done: number;
  readonly files_total: number;
}

/** Coverage as the last reader left it. */
export function readCoverage(db: Database): Coverage {
  const [done] = prepareArrays(
    db,
    "select ifnull(sum(position >= size), 0) from sources",
  ).get() as unknown as [number];
  return { files_done: done, files_total: filesFound(db) };
}
