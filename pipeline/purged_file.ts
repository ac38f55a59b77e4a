/**
 * `purged.json`: the tombstones once more, in a file of their own beside the database. Without it
 * a database that is damaged or gone would take along what must not be read again.
 *
 * It holds what the tables hold and nothing else: keyed hashes and moments.
 *
 * @module
 */

import { type Database, inTransaction, prepareArrays } from "../core/database.ts";
import { ifThere, removeIfThere } from "../core/if_there.ts";
import { isNoRoom } from "../core/no_room.ts";
import { isFullError } from "../core/sqlite_error.ts";
import { writeWhole } from "../core/write_whole.ts";

/** What the file holds. */
interface PurgedDocument {
  readonly schema: "blueplane.purged/1";
  /** Platform, hash of a session or "" for all, and up to when, in milliseconds since 1970. */
  readonly until: readonly (readonly [string, string, number])[];
  /** Platform and key of events without a time of their own. */
  readonly events: readonly (readonly [string, number])[];
}

/** Thrown for a file that cannot be read. */
export class PurgedFileError extends Error {
  override name = "PurgedFileError";
}

/** The file that belongs to a database. */
export function purgedBeside(database: string): string {
  return `${database.slice(0, database.lastIndexOf("/") + 1)}purged.json`;
}

/**
 * Writes it anew: what it tells and the tables do not, as those of a new database would not, goes
 * into them first.
 *
 * @param now milliseconds since 1970 UTC
 * @returns whether it could be read, if it was there
 */
export function keepPurged(db: Database, path: string, now: number): boolean {
  return inTransaction(db, () => {
    const isSound = readSound(db, path);
    endAhead(db, path, now);
    writePurged(db, path);
    return isSound;
  });
}

/** Ends what closes a platform to what is still to come, as earlier versions could be asked to. */
export function mendAhead(db: Database, path: string, now: number): void {
  if (countAhead(db, now) === 0) return;
  try {
    keepPurged(db, path, now);
  } catch (error) {
    // The next start has another try, when a full disk has some room again.
    if (!isNoRoom(error) && !isFullError(error)) throw error;
  }
}

/** How many platforms are closed to what is still to come. */
export function countAhead(db: Database, now: number): number {
  const sql = "select count(*) from tombstones where session = '' and until_at > ?";
  return (prepareArrays(db, sql).get(now) as unknown as [number])[0];
}

/**
 * Such a tombstone is as of when the file was written, in which each purge ends, and what was
 * refused since is read again. One that is not later than that was made by a clock that was ahead,
 * or ours is behind: nobody can tell.
 */
function endAhead(db: Database, path: string, now: number): void {
  const madeAt = ifThere(() => Deno.statSync(path).mtime?.getTime()) ?? now;
  const ended = prepareArrays(
    db,
    `update tombstones set until_at = ?1 where session = '' and until_at > max(?1, ?2)
     returning platform`,
  ).all(madeAt, now) as unknown as [string][];
  const forget = db.prepare(
    "delete from sources where platform = (select id from words where text = ?)",
  );
  for (const [platform] of ended) forget.run(platform);
}

/** Writes it of the tables; it goes where they are empty. */
export function writePurged(db: Database, path: string): void {
  const document = {
    schema: "blueplane.purged/1",
    until: prepareArrays(db, "select platform, session, until_at from tombstones").all(),
    events: prepareArrays(db, "select platform, key from tombstone_events").all(),
  };
  const isEmpty = document.until.length + document.events.length === 0;
  if (isEmpty) removeIfThere(path);
  else writeWhole(path, `${JSON.stringify(document)}\n`);
}

/**
 * Brings into the tables what it tells, in the caller's transaction.
 *
 * @throws {PurgedFileError} when it is damaged; nothing is brought then
 */
export function readPurged(db: Database, path: string): void {
  const text = ifThere(() => Deno.readTextFileSync(path));
  if (text === undefined) return;
  const { until, events } = parse(text);
  const add = db.prepare(
    `insert into tombstones (platform, session, until_at) values (?, ?, ?)
     on conflict do update set until_at = max(until_at, excluded.until_at)`,
  );
  for (const row of until) add.run(...row);
  const addEvent = db.prepare(
    "insert or ignore into tombstone_events (platform, key) values (?, ?)",
  );
  for (const row of events) addEvent.run(...row);
}

/** The same of a file that may be damaged. @returns whether it is not */
export function readSound(db: Database, path: string): boolean {
  try {
    readPurged(db, path);
    return true;
  } catch (error) {
    if (!(error instanceof PurgedFileError)) throw error;
    return false;
  }
}

function parse(text: string): PurgedDocument {
  const { until, events } = readJson(text) ?? {};
  const isSound = isRows(until, ["string", "string", "number"]) &&
    isRows(events, ["string", "number"]);
  if (!isSound) throw new PurgedFileError("Cannot read purged.json: it is damaged");
  return { schema: "blueplane.purged/1", until, events } as PurgedDocument;
}

function readJson(text: string): Partial<Record<keyof PurgedDocument, unknown>> | null {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Moments and keys are whole numbers. */
function isRows(value: unknown, kinds: readonly string[]): boolean {
  return Array.isArray(value) &&
    value.every((row) =>
      Array.isArray(row) && row.length === kinds.length &&
      row.every((cell, i) =>
        typeof cell === kinds[i] && (typeof cell === "string" || Number.isSafeInteger(cell))
      )
    );
}
