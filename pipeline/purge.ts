/**
 * Purges events from the database, in steps that may be broken off anywhere: what is meant is
 * noted first, and each step done twice is done once.
 *
 * Traces go block by block. Then what was derived from them goes family by family, so that no
 * report ever sees a part of a session. Last the file is written anew, in one piece: what SQLite
 * moved from one page to another before it was deleted may still stand on the first.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { type Database, emptyLog, inTransaction, prepareArrays } from "../core/database.ts";
import type { LetterContent } from "../core/dead_letters.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { Privacy } from "../core/privacy.ts";
import { isChosen, type PurgeChoice, type Purged } from "../core/purge.ts";
import { chooseCuts, type Cut, measureCuts } from "./purge_choice.ts";
import { type ClearPlace, eventPlaces } from "./purge_places.ts";
import { giveBack } from "./give_back.ts";
import { dropLetters, purgeDerived } from "./purge_derived.ts";
import type { ReadableBlock } from "./rebuild.ts";
import type { Tombstones } from "./tombstones.ts";
import type { TraceStore, TraceTables } from "./trace_store.ts";
import { oldCopies } from "../core/old_copies.ts";
import { purgeArchive } from "./purge_archive.ts";
import { keepPurged, purgedBeside } from "./purged_file.ts";
import { removeUnused } from "./unused_words.ts";
import { isNoRoom } from "../core/no_room.ts";
import { isFullError } from "../core/sqlite_error.ts";

/** What a {@linkcode Purge} works with. */
export interface PurgeParts {
  readonly db: Database;
  /** Of the database, beside which older copies of it may lie. */
  readonly path: string;
  /** The folder of the archive; need not be there. */
  readonly archive: string;
  readonly clock: Clock;
  readonly privacy: Privacy;
  readonly tables: TraceTables;
  readonly traces: Pick<TraceStore, "session" | "lookForUnreadable">;
  readonly tombstones: Tombstones;
  /** Announces blocks again. @returns the id of the last announcement */
  readonly announce: (blocks: readonly ReadableBlock[]) => number;
  /** Forgets what was read of rows that are no more. */
  readonly forget: () => void;
}

const SLICE_MS = 5;

/** The purge of a database; there is one at a time. No transaction may be open. */
export class Purge {
  readonly #parts: PurgeParts;
  #archive: Iterator<unknown> | undefined;
  #places: ClearPlace[] | undefined;
  #derived: Iterator<void, void> | undefined;
  #pages: Iterator<void, void> | undefined;

  constructor(parts: PurgeParts) {
    this.#parts = parts;
  }

  /** How much would go. */
  measure(asked: PurgeChoice): Purged {
    const { db, tables, clock } = this.#parts;
    const now = clock.now();
    return measureCuts(db, tables, chooseCuts(db, tables, upTo(asked, now), now));
  }

  /**
   * Notes what goes; nothing of it is stored again from here on.
   *
   * @returns how much that is; undefined when there is no such session
   */
  begin(asked: PurgeChoice): Purged | undefined {
    const { db, tables, clock } = this.#parts;
    const now = clock.now(), choice = upTo(asked, now);
    const cuts = chooseCuts(db, tables, choice, now);
    if (choice.session !== undefined && !isKnown(db, choice)) return undefined;
    const purged = measureCuts(db, tables, cuts);
    inTransaction(db, () => {
      this.#bury(choice, cuts, now);
      this.#dropEvents(choice);
      const add = db.prepare(
        `insert into purge_sessions (session, cut_at) values (?, ?)
         on conflict do update set cut_at = max(cut_at, excluded.cut_at)`,
      );
      for (const { session, cutAt } of cuts) add.run(session, cutAt);
      db.prepare(
        `insert into purges (id, events, events_done) values (1, ?, 0)
         on conflict do update set events = events_done + excluded.events`,
      ).run(purged.events);
    });
    this.#parts.forget();
    this.#archive = undefined;
    this.#places = undefined;
    this.#derived = undefined;
    return purged;
  }

  /** Takes events out of where they are stored, for a few milliseconds. @returns whether any */
  step(): boolean {
    const { db, clock, forget } = this.#parts;
    // Parts of the archive are files: each is replaced in a transaction of its own.
    this.#archive ??= this.#start();
    if (!this.#archive.next().done) return true;
    this.#places ??= this.#open();
    const until = clock.now() + SLICE_MS;
    const done = db.prepare("update purges set events_done = events_done + ?");
    try {
      inTransaction(db, () => {
        while (this.#places!.length > 0) {
          const gone = this.#places![0]!();
          if (gone === undefined) this.#places!.shift();
          else done.run(gone);
          if (clock.now() >= until) break;
        }
      });
    } catch (error) {
      // What a place passed over is looked at again.
      this.#archive = undefined;
      this.#places = undefined;
      throw error;
    }
    // What was stored a moment ago is in memory, too.
    forget();
    return this.#places.length > 0;
  }

  /**
   * Takes what derives from purged events out, and has derived again what is left of the same
   * sessions, for a few milliseconds.
   *
   * @returns whether there is more
   */
  settle(): boolean {
    const { clock, forget } = this.#parts;
    const until = clock.now() + SLICE_MS;
    this.#derived ??= purgeDerived(this.#parts);
    try {
      do if (this.#derived.next().done) return false; while (clock.now() < until);
      return true;
    } catch (error) {
      this.#derived = undefined;
      throw error;
    } finally {
      forget();
    }
  }

  /** Removes what only names what is gone; to be called when all is derived. */
  sweep(): void {
    const { db, forget } = this.#parts;
    inTransaction(db, () => removeUnused(db));
    forget();
  }

  /**
   * Gives the room back: what was deleted is in no page, and in no log.
   *
   * @returns whether there is more
   */
  reclaim(): boolean {
    const { db, clock, path } = this.#parts;
    const until = clock.now() + SLICE_MS;
    if (!this.#pages && !writeAnew(db)) this.#pages = giveBack(db);
    while (this.#pages && !this.#pages.next().done) {
      if (clock.now() >= until) return true;
    }
    this.#pages = undefined;
    for (const copy of oldCopies(path)) Deno.removeSync(copy.path);
    // Of events without a time it is known only now which they were.
    this.#keep();
    db.exec("delete from purges");
    emptyLog(db);
    return false;
  }

  /** Before anything goes it is on the disk that it must not come back. */
  #start(): Iterator<unknown> {
    try {
      this.#keep();
    } catch (error) {
      // It is written at the end, too, when a full disk has some room again.
      if (!isNoRoom(error)) throw error;
    }
    return purgeArchive(this.#parts, (event) => this.#note(event));
  }

  #keep(): void {
    const { db, path, clock, tombstones } = this.#parts;
    keepPurged(db, purgedBeside(path), clock.now());
    tombstones.forget();
  }

  #open(): ClearPlace[] {
    const { db, tables, traces, tombstones } = this.#parts;
    return [...eventPlaces({
      db,
      tables,
      traces,
      isPurged: (event) => tombstones.holds(event),
      onPurged: (event) => this.#note(event),
    })];
  }

  #note(event: TelemetryEvent): void {
    const { db, tombstones } = this.#parts;
    tombstones.addEvent(event);
    if (event.eventType !== "status_seen") return;
    db.prepare(
      `update purges set limits_from = min(ifnull(limits_from, ?1), ?1),
         limits_to = max(ifnull(limits_to, ?1), ?1)`,
    ).run(event.timestamp);
  }

  #bury({ platform, session, before }: PurgeChoice, cuts: readonly Cut[], now: number): void {
    const { tables, tombstones } = this.#parts;
    const platforms = platform === undefined ? Object.keys(tables) : [platform];
    if (session === undefined) {
      for (const each of platforms) tombstones.add(each, undefined, before ?? now);
    }
    for (const cut of cuts) {
      // The whole platform is not closed until then by one clock that was wrong.
      const isOwn = session !== undefined || cut.cutAt > (before ?? now);
      if (isOwn) tombstones.add(cut.platform, cut.sessionId, cut.cutAt);
    }
  }

  /** Events that could not be stored: of no session that is known, perhaps. */
  #dropEvents(choice: PurgeChoice): void {
    const isGone = (content: LetterContent) =>
      "event" in content && isChosen(choice, content.event);
    dropLetters(this.#parts.db, isGone);
  }
}

/** Whatever is asked for: no tombstone closes a platform to what is still to come. */
function upTo(choice: PurgeChoice, now: number): PurgeChoice {
  const { before } = choice;
  return before === undefined ? choice : { ...choice, before: Math.min(before, now) };
}

function isKnown(db: Database, { platform, session }: PurgeChoice): boolean {
  return prepareArrays(
    db,
    `select 1 from sessions where session_id = ?1 and
       (?2 is null or platform = (select id from words where text = ?2))`,
  ).get(session!, platform ?? null) !== undefined;
}

/**
 * Writes the whole file anew, in one piece, while nothing else is written. A few pages at a time
 * would not do: where SQLite moves cells from page to page copies stay in the gaps, and what is
 * deleted later (`secure_delete`) is overwritten where it stands, not where it stood. Of 20,000
 * deleted rows 183 were found in a file of 8 MB that only gave its free pages back.
 *
 * @returns whether it could: without room for a copy, what was deleted is overwritten where it
 * was
 */
function writeAnew(db: Database): boolean {
  // A copy of the whole file is made: on disk, as it may be larger than the memory.
  db.exec("pragma temp_store = file");
  try {
    db.exec("vacuum");
    return true;
  } catch (error) {
    if (!isFullError(error)) throw error;
    return false;
  } finally {
    db.exec("pragma temp_store = memory");
  }
}
