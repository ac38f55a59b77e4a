/**
 * Takes what derives from purged events out of the database, family by family: the sessions that
 * tell the same facts lose theirs in one transaction, which announces what is left of them again.
 *
 * @module
 */

import { type Database, inTransaction, prepareArrays } from "../core/database.ts";
import { type LetterContent, readLetterBody } from "../core/dead_letters.ts";
import { EVENT_TYPES } from "../core/event.ts";
import type { Privacy } from "../core/privacy.ts";
import { forgetSources } from "./forgotten_sources.ts";
import {
  deleteDerived,
  listOf,
  noteRebuild,
  numbers,
  type ReadableBlock,
  readableBlocks,
  readIncomplete,
  withFamilies,
} from "./rebuild.ts";
import type { TraceStore, TraceTables } from "./trace_store.ts";

/** What it works with. */
export interface DerivedPurgeParts {
  readonly db: Database;
  readonly privacy: Privacy;
  readonly tables: TraceTables;
  readonly traces: Pick<TraceStore, "lookForUnreadable">;
  /** Announces blocks again. @returns the id of the last announcement */
  readonly announce: (blocks: readonly ReadableBlock[]) => number;
}

const STATUS_SEEN = EVENT_TYPES.indexOf("status_seen");

/**
 * Works through `purge_sessions`, of which the traces are gone: each turn is a transaction or a
 * look at a part of the archive, and between two of them other work may go. Broken off and called
 * again, it ends alike.
 */
export function* purgeDerived(parts: DerivedPurgeParts): Generator<void, void> {
  const { db, tables } = parts, names = Object.values(tables);
  inTransaction(db, () => forgetSources(parts, goneOf(db, names, purgedOf(db))));
  yield;
  const unreadable = yield* parts.traces.lookForUnreadable();
  let announced = 0;
  for (const session of purgedOf(db)) {
    // One may have gone with its family.
    announced += inTransaction(db, () => purgeFamily(parts, session, unreadable, announced));
    yield;
  }
  inTransaction(db, () => endPurge(parts, announced));
}

/** @returns how many blocks it announced */
function purgeFamily(
  { db, tables, announce }: DerivedPurgeParts,
  session: number,
  unreadable: readonly number[],
  announced: number,
): number {
  const names = Object.values(tables);
  const family = withFamilies(db, [session]);
  const purged = purgedOf(db).intersection(family);
  if (purged.size === 0) return 0;
  const gone = goneOf(db, names, purged);
  // Of a session that loses a part, what nobody can read any more cannot be told apart.
  const kept = readIncomplete(db, names, family, unreadable).difference(purged);
  const again = family.difference(kept);
  deleteDerived(db, "in", again);
  for (const column of ["dirty_sessions where session", "sessions where id"]) {
    db.prepare(`delete from ${column} in (select value from json_each(?))`).run(listOf(gone));
  }
  db.prepare("delete from purge_sessions where session in (select value from json_each(?))")
    .run(listOf(purged));
  const left = again.difference(gone);
  const blocks = left.size === 0 ? [] : readableBlocks(db, names, left, unreadable);
  if (blocks.length > 0) {
    const sorted = blocks.sort(([a], [b]) => a - b);
    noteRebuild(db, announce(sorted), announced + sorted.length);
  }
  return blocks.length;
}

/** What no session has alone. */
function endPurge({ db, tables, announce }: DerivedPurgeParts, announced: number): void {
  dropAnnouncements(db);
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
  const blocks = dropLimits(db, tables).sort(([a], [b]) => a - b);
  if (blocks.length > 0) noteRebuild(db, announce(blocks), announced + blocks.length);
  // Those of the days that changed still tell of what is gone; they are made anew.
  db.exec(
    `delete from digests where exists (select 1 from unsettled u
       where u.until_at > digests.from_at and u.from_at < digests.until_at)`,
  );
}

function purgedOf(db: Database): ReadonlySet<number> {
  return new Set(numbers(db, "select session from purge_sessions"));
}

/** Those of which no event is left. */
function goneOf(
  db: Database,
  tables: readonly string[],
  sessions: ReadonlySet<number>,
): ReadonlySet<number> {
  const lookups = tables.map((table) =>
    prepareArrays(db, `select 1 from ${table} where session = ? limit 1`)
  );
  return new Set(
    [...sessions].filter((session) => lookups.every((of) => of.get(session) === undefined)),
  );
}

/** Limits are an account's: what purged events told of them is told by others, or goes. */
function dropLimits(db: Database, tables: TraceTables): ReadableBlock[] {
  const [from, to] = prepareArrays(db, "select limits_from, limits_to from purges")
    .get() as unknown as [number | null, number | null];
  if (from === null || to === null) return [];
  const gone = prepareArrays(
    db,
    "delete from limit_uses where last_at >= ? and first_at <= ? returning first_at, last_at",
  ).all(from, to) as unknown as [number, number][];
  if (gone.length === 0) return [];
  const first = Math.min(...gone.map(([at]) => at)), last = Math.max(...gone.map((of) => of[1]));
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

/** What could not be derived, and is not there any more. */
function dropAnnouncements(db: Database): void {
  const findSession = prepareArrays(db, "select 1 from sessions where id = ?");
  const findBlock = prepareArrays(
    db,
    `select 1 from trace_blocks where id = ?1
     union select 1 from archive_blocks where block = ?1`,
  );
  dropLetters(db, (content) => {
    if ("event" in content) return false;
    const { session, block } = content.announcement;
    return typeof session === "number"
      ? findSession.get(session) === undefined
      : typeof block === "number" && findBlock.get(block) === undefined;
  });
}

/** Removes dead letters; the caller holds the transaction. */
export function dropLetters(db: Database, isGone: (content: LetterContent) => boolean): void {
  const remove = db.prepare("delete from dead_letters where id = ?");
  const rows = prepareArrays(db, "select id, stream, body from dead_letters")
    .all() as unknown as [number, string, string | null][];
  for (const [id, stream, body] of rows) {
    const content = body === null ? undefined : readLetterBody(stream, body);
    if (content && isGone(content)) remove.run(id);
  }
}
