/**
 * How much of what is on disk a report speaks of.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { filesFound } from "../files_found.ts";
import { madeWith } from "../made_with.ts";

/** Files read to their end, of those that are known. */
export interface FilesRead {
  readonly files_done: number;
  readonly files_total: number;
}

/**
 * The same, and the blocks that are derived again, of those of a rebuild that is not done, whether
 * somebody works on it or it was broken off; both 0 where there is none.
 */
export interface Coverage extends FilesRead {
  readonly rebuild_blocks_done: number;
  readonly rebuild_blocks_total: number;
}

/** @param files as the one who reads knows them; by default as the last reader left them */
export function readCoverage(db: Database, files: FilesRead = readFiles(db)): Coverage {
  return { ...files, ...readRebuild(db) };
}

/** Files that are read to their end, and all of which something is read. */
export const FILES_QUERY = "select ifnull(sum(position >= size), 0), count(*) from sources";

function readFiles(db: Database): FilesRead {
  const [done, read] = prepareArrays(db, FILES_QUERY).get() as unknown as [number, number];
  return { files_done: done, files_total: filesFound(db, read) };
}

/**
 * A change stays in its stream until all that derives from it is derived; the first group tells
 * how far that is, and the last block is done when all groups are.
 */
function readRebuild(db: Database): Omit<Coverage, keyof FilesRead> {
  const [last = 0, blocks = 0] = madeWith(db, "rebuild")?.split(" ").map(Number) ?? [];
  const [entries, left] = prepareArrays(
    db,
    `select (select count(*) from stream_entries where stream = 2 and id <= ?1),
       max(0, ?1 - position) + (select
           ifnull(sum(min(last_id, ?1) - first_id + 1 - json_array_length(acked)), 0)
         from stream_leases l where l.stream = g.stream and l.name = g.name and first_id <= ?1)
     from stream_groups g where stream = 2 and name = 'metrics'`,
  ).get(last) as unknown as [number, number] | undefined ?? [0, 0];
  if (entries === 0) return { rebuild_blocks_done: 0, rebuild_blocks_total: 0 };
  const done = Math.min(blocks - 1, blocks - left);
  return { rebuild_blocks_done: Math.max(0, done), rebuild_blocks_total: blocks };
}
