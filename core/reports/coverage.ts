/**
 * How much of what is on disk a report speaks of.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** Files read to their end, of those that are known. */
export interface Coverage {
  readonly files_done: number;
  readonly files_total: number;
}

/** Coverage as the last reader left it. */
export function readCoverage(db: Database): Coverage {
  const [done, total] = prepareArrays(
    db,
    "select ifnull(sum(position >= size), 0), count(*) from sources",
  ).get() as unknown as [number, number];
  return { files_done: done, files_total: total };
}
