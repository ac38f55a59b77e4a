/**
 * Purges events from the database, in steps that may be broken off anywhere: what is meant is
 * noted first, and each step done twice is done once.
 *
 * Traces go block by block. Then all that was derived from them goes in one transaction, which
 * announces what is left of the same sessions again: no report ever sees a part of it.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { type Database, emptyLog, inTransaction, prepareArrays } from "../core/database.ts";
import { type LetterContent, readLetterBody } from "../core/dead_letters.ts";
import { EVENT_TYPES, type TelemetryEvent } from "../core/event.ts";
import type { Privacy } from "../core/privacy.ts";
import { isChosen, type PurgeChoice, type Purged } from "../core/purge.ts";
import { forgetSources } from "./forgotten_sources.ts";
import { chooseCuts, type Cut, measureCuts } from "./purge_choice.ts";
import { type ClearPlace, eventPlaces } from "./purge_places.ts";
import {
  deleteDerived,
  listOf,
  noteRebuild,
  numbers,
  type ReadableBlock,
  readableBlocks,
  readFamilies,
  readIncomplete,
  withFamilies,
} from "./rebuild.ts";
import type { Tombstones } from "./tombstones.ts";
import type { TraceStore, TraceTables } from "./trace_store.ts";
import { oldCopies } from "../core/old_copies.ts";
import { purgeArchive } from "./purge_archive.ts";
import { removeUnused } from "./unused_words.ts";
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
  readonly traces: Pick<TraceStore, "session" | "unreadableBlocks">;
  readonly tombstones: Tombstones;
  /** Announces blocks again. @returns the id of the last announcement */
  readonly announce: (blocks: readonly ReadableBlock[]) => number;
  /** Forgets what was read of rows that are no more. */
  readonly forget: () => void;
}

const SLICE_MS = 5;
const STATUS_SEEN = EVENT_TYPES.indexOf("status_seen");

/** The purge of a database; there is one at a time. No transaction may be open. */
export class Purge {
  readonly #parts: PurgeParts;
  #archive: Iterator<unknown> | undefined;
  #places: ClearPlace[] | undefined;

  constructor(parts: PurgeParts) {
    this.#parts = parts;
  }

  /** Whether one was begun and not ended. */
  get isPending(): boolean {
    const { db } = this.#parts;
    return prepareArrays(db, "select 1 from purges").get() !== undefined;
  }

  /** How much would go. */
  measure(choice: PurgeChoice): Purged {
    const { db, tables, clock } = this.#parts;
    return measureCuts(db, tables, chooseCuts(db, tables, choice, clock.now()));
  }

  /**
   * Notes what goes; nothing of it is stored again from here on.
   *
   * @returns how much that is; undefined when there is no such session
   */
  begin(choice: PurgeChoice): Purged | undefined {
    const { db, tables, clock } = this.#parts;
    const now = clock.now();
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
    return purged;
  }

  /** Takes events out of where they are stored, for a few milliseconds. @returns whether any */
  step(): boolean {
    const { db, clock, forget } = this.#parts;
    // Parts of the archive are files: each is replaced in a transaction of its own.
    this.#archive ??= purgeArchive(this.#parts, (event) => this.#note(event));
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

  /** Deletes what derives from purged events, and has derived again what is left. */
  settle(): void {
    const { db, tables, announce, forget } = this.#parts;
    const names = Object.values(tables);
    inTransaction(db, () => {
      const purged = new Set(numbers(db, "select session from purge_sessions"));
      const gone = purged.difference(new Set(numbers(db, sessionsWithRows(names))));
      const families = withFamilies(purged, readFamilies(db));
      // Of a session that loses a part, what nobody can read any more cannot be told apart.
      const unreadable = this.#parts.traces.unreadableBlocks();
      const kept = readIncomplete(db, names, families, unreadable).difference(purged);
      const again = families.difference(kept);
      this.#dropAnnouncements(gone);
      deleteDerived(db, "in", again);
      forgetSources(this.#parts, gone);
      for (const column of ["dirty_sessions where session", "sessions where id"]) {
        db.prepare(`delete from ${column} in (select value from json_each(?))`)
          .run(listOf(gone));
      }
      db.exec(
        `update storage set events =
           ifnull((select sum(b.events) from trace_blocks b
             where b.platform = storage.platform), 0)
           + ifnull((select sum(a.events) from archive_parts a
             where a.platform = storage.platform), 0);
         delete from storage where events <= 0`,
      );
      // What was found in nothing that is left cannot come back.
      db.exec("delete from insight_dismissals where not exists (select 1 from sessions)");
      const blocks = new Map([
        ...readableBlocks(db, names, again.difference(gone), unreadable),
        ...this.#dropLimits(),
      ]);
      if (blocks.size > 0) {
        const sorted = [...blocks].sort(([a], [b]) => a - b);
        noteRebuild(db, announce(sorted), sorted);
      }
      // Those of the days that changed still tell of what is gone; they are made anew.
      db.exec(
        `delete from digests where exists (select 1 from unsettled u
           where u.until_at > digests.from_at and u.from_at < digests.until_at)`,
      );
      db.exec("delete from purge_sessions");
    });
    forget();
  }

  /** Removes what only names what is gone; to be called when all is derived. */
  sweep(): void {
    const { db, forget } = this.#parts;
    inTransaction(db, () => removeUnused(db));
    forget();
  }

  /** Gives the room back: what was deleted is in no page, and in no log. */
  reclaim(): void {
    const { db } = this.#parts;
    // A copy of the whole file is made: on disk, as it may be larger than the memory.
    db.exec("pragma temp_store = file");
    try {
      db.exec("vacuum");
    } catch (error) {
      // Without room for a copy, or the right to make one, the file stays as large: what was
      // deleted in it is overwritten.
      if (!isFullError(error) && !isForbidden(error)) throw error;
    } finally {
      db.exec("pragma temp_store = memory");
    }
    for (const { path } of oldCopies(this.#parts.path)) Deno.removeSync(path);
    db.exec("delete from purges");
    emptyLog(db);
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

  /** Limits are an account's: what purged events told of them is told by others, or goes. */
  #dropLimits(): ReadableBlock[] {
    const { db, tables } = this.#parts;
    const [from, to] = prepareArrays(db, "select limits_from, limits_to from purges")
      .get() as unknown as [number | null, number | null];
    if (from === null || to === null) return [];
    const gone = prepareArrays(
      db,
      "delete from limit_uses where last_at >= ? and first_at <= ? returning first_at, last_at",
    ).all(from, to) as unknown as [number, number][];
    if (gone.length === 0) return [];
    const first = Math.min(...gone.map(([at]) => at)),
      last = Math.max(...gone.map((of) => of[1]));
    const told = Object.values(tables).map((table) =>
      `select block from ${table} where kind = ${STATUS_SEEN} and at between ${first} and ${last}`
    ).join(" union ");
    return prepareArrays(
      db,
      `select id, events from trace_blocks where id in (${told})
       union select block, sum(events) from archive_blocks where block in (${told})
       group by block`,
    ).all() as unknown as ReadableBlock[];
  }

  /** Events that could not be stored: of no session that is known, perhaps. */
  #dropEvents(choice: PurgeChoice): void {
    this.#dropLetters((content) => "event" in content && isChosen(choice, content.event));
  }

  /** What could not be derived, and is not there any more. */
  #dropAnnouncements(gone: ReadonlySet<number>): void {
    const find = prepareArrays(
      this.#parts.db,
      `select 1 from trace_blocks where id = ?1
       union select 1 from archive_blocks where block = ?1`,
    );
    this.#dropLetters((content) => {
      if ("event" in content) return false;
      const { session, block } = content.announcement;
      return typeof session === "number"
        ? gone.has(session)
        : typeof block === "number" && find.get(block) === undefined;
    });
  }

  #dropLetters(isGone: (content: LetterContent) => boolean): void {
    const { db } = this.#parts;
    const remove = db.prepare("delete from dead_letters where id = ?");
    const rows = prepareArrays(db, "select id, stream, body from dead_letters")
      .all() as unknown as [number, string, string | null][];
    for (const [id, stream, body] of rows) {
      const content = body === null ? undefined : readLetterBody(stream, body);
      if (content && isGone(content)) remove.run(id);
    }
  }
}

function isKnown(db: Database, { platform, session }: PurgeChoice): boolean {
  return prepareArrays(
    db,
    `select 1 from sessions where session_id = ?1 and
       (?2 is null or platform = (select id from words where text = ?2))`,
  ).get(session!, platform ?? null) !== undefined;
}

function sessionsWithRows(tables: readonly string[]): string {
  return tables.map((table) => `select session from ${table}`).join(" union ");
}

/** SQLite's copy is a database of its own, which a process that gave rights up may not attach. */
function isForbidden(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("too many attached databases");
}
