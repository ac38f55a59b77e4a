/**
 * How many files there are to read, noted when they are looked for: a report that speaks of some
 * of them can say so before the others were read.
 *
 * @module
 */

import { type Database, prepareArrays } from "./database.ts";
import { madeWith, noteMadeWith } from "./made_with.ts";

/** Notes how many files were found of which nothing is read. */
export function noteUnread(db: Database, files: number): void {
  noteMadeWith(db, "files", String(countSources(db) + files));
}

/** Files of which something is read, and those that were found besides. */
export function filesFound(db: Database, read = countSources(db)): number {
  return Math.max(read, Number(madeWith(db, "files") ?? 0));
}

/** How many files were found of which nothing is read. */
export function readUnread(db: Database): number {
  const read = countSources(db);
  return filesFound(db, read) - read;
}

function countSources(db: Database): number {
  const row = prepareArrays(db, "select count(*) from sources").get();
  return (row as unknown as [number])[0];
}
