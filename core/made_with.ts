/**
 * What derived numbers were made with: when that changes, they are made again.
 *
 * @module
 */

import { hash } from "node:crypto";
import { type Database, prepareArrays } from "./database.ts";

/**
 * What is remembered: the revision of all prices, a hash of the user's own, the rules of the
 * groups, the queue that a database was fed by, the memory of Redis that it goes on from, the last
 * rebuild: the id of its last change and its number of blocks; and of what calendar and form
 * digests are.
 */
export type MadeWithName =
  // How many files were found when they were looked for last.
  | "files"
  | "prices"
  | "price_file"
  | "conversations"
  | "times"
  | "insights"
  // By what rules shared facts were given out.
  | "lineage"
  // By what rules the history of what clients showed is kept.
  | "client_states"
  | "queue"
  | "redis_epoch"
  // Categories that were not captured when that was noted last.
  | "off"
  | "rebuild"
  | "digests"
  // Where the hours of their calendar begin.
  | "digest_hours"
  // How long the finer tiers of sums are kept, and since when: seconds, and twice milliseconds.
  | "tiers"
  // When old events were looked for last, to be archived.
  | "archived"
  // Which key the hashes are made with: a fingerprint of it.
  | "key"
  // When a damaged database was made anew, and what it held.
  | "mended";

/** What is noted as `queue` of the one in the file itself. */
export const EMBEDDED = "embedded";

/** The same of Redis, before the label of the machine under which it is fed from here. */
export const REDIS_OF = "redis:";

/** What the numbers in a database were made with; undefined when nothing was made yet. */
export function madeWith(db: Database, name: MadeWithName): string | undefined {
  const row = prepareArrays(db, "select value from made_with where name = ?").get(name);
  return (row as unknown as [string] | undefined)?.[0];
}

/** Remembers what all numbers are made with from now on; what is known already writes nothing. */
export function noteMadeWith(db: Database, name: MadeWithName, value: string): void {
  db.prepare(
    `insert into made_with (name, value) values (?, ?)
     on conflict (name) do update set value = excluded.value where value <> excluded.value`,
  ).run(name, value);
}

/** A price file, as it is remembered: SHA-256 of its text. */
export function priceFileMark(text: string | undefined): string {
  return text === undefined ? "none" : hash("sha256", text, "hex");
}
