/**
 * Moves old raw traces into the archive, so that a crash at any step loses nothing and tells
 * nothing twice: a part is noted, written under another name, read back, named, and recorded with
 * its blocks; only then the blocks go.
 *
 * Between two steps no transaction is open, and other work may go first.
 *
 * @module
 */

import { type Database, inTransaction, prepareArrays } from "../core/database.ts";
import type { TelemetryEvent } from "../core/event.ts";
import { listParts, monthOf } from "./archive_parts.ts";
import { giveBack } from "./give_back.ts";
import { isPoison } from "./dead_letters.ts";
import { PartWriter, removePart } from "./part_writer.ts";
import { readBlockBody } from "./trace_store.ts";

/** What was archived. */
export interface Archived {
  readonly blocks: number;
  readonly events: number;
  readonly parts: number;
  /** Of the new files. */
  readonly bytes: number;
  /** Blocks that cannot be read, and stay. */
  readonly unreadable: number;
  /** Whether all was looked at that is old enough. */
  readonly isWhole: boolean;
}

/** What an {@linkcode Archiver} works with. */
export interface ArchiverParts {
  readonly db: Database;
  /** That of the archive. */
  readonly folder: string;
}

/** How far it has come: events of all that are old enough. */
export interface ArchiveProgress {
  readonly done: number;
  readonly total: number;
}

type Part = { readonly id: number; readonly platform: string; readonly month: number };

/** At most so many events are on their way: a crash throws no more than their work away. */
const BATCH_EVENTS = 50_000;
/** So many blocks go within a few milliseconds. */
const SLICE_BLOCKS = 10;

/** Archives in small steps. */
export class Archiver {
  readonly #db: Database;
  readonly #folder: string;
  readonly #unreadable = new Set<number>();
  #done = { blocks: 0, events: 0, parts: 0, bytes: 0 };
  #total = 0;

  constructor({ db, folder }: ArchiverParts) {
    this.#db = db;
    this.#folder = folder;
  }

  /**
   * Archives every block whose last event is earlier than `before` (milliseconds since 1970 UTC).
   * Each turn is a step; whoever ends it early leaves nothing undone that a next run does not do.
   *
   * @param isLate whether no further part is to be begun
   */
  *run(before: number, isLate = () => false): Generator<ArchiveProgress, Archived> {
    removeUnfinished(this.#db, this.#folder);
    yield* this.#removeArchived();
    this.#total = this.#count(before);
    let isWhole = true;
    for (const platform of this.#platforms()) {
      for (;;) {
        const blocks = this.#oldest(platform, before);
        if (blocks.length === 0) break;
        if (isLate()) {
          isWhole = false;
          break;
        }
        yield* this.#archive(platform, blocks);
        yield* this.#removeArchived();
      }
    }
    for (const _ of giveBack(this.#db)) yield this.#progress;
    return { ...this.#done, unreadable: this.#unreadable.size, isWhole };
  }

  *#archive(
    platform: string,
    blocks: readonly number[],
  ): Generator<ArchiveProgress, void> {
    const writers = new Map<number, PartWriter>();
    for (const block of blocks) {
      const months = Map.groupBy(this.#readOrLeave(block), ({ timestamp }) => monthOf(timestamp));
      for (const [month, events] of months) {
        let writer = writers.get(month);
        if (!writer) {
          const part = notePart(this.#db, platform, month);
          writers.set(month, writer = new PartWriter(this.#folder, part));
        }
        writer.add(block, events);
        this.#done.events += events.length;
      }
      yield this.#progress;
    }
    for (const [month, writer] of writers) {
      writer.finish();
      for (let group = 0; group < writer.groups; group++) {
        yield this.#progress;
        writer.verify(
          group,
          (block) => this.#read(block).filter(({ timestamp }) => monthOf(timestamp) === month),
        );
      }
    }
    yield this.#progress;
    this.#record([...writers.values()]);
  }

  /** All files have their names first; then all blocks are known to be in them, at once. */
  #record(writers: readonly PartWriter[]): void {
    const published = writers.map((writer) => [writer, writer.publish()] as const);
    inTransaction(this.#db, () => {
      for (const [writer, sizes] of published) recordPart(this.#db, writer, sizes);
    });
    this.#done.parts += published.length;
    this.#done.bytes += published.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  }

  /** Removes the blocks that the archive has, some at a time. */
  *#removeArchived(): Generator<ArchiveProgress, void> {
    const ids = numbers(
      this.#db,
      `select distinct a.block from archive_blocks a join trace_blocks b on b.id = a.block`,
    );
    const remove = prepareArrays(
      this.#db,
      "delete from trace_blocks where id = ? returning platform, raw_bytes, length(body)",
    );
    const note = this.#db.prepare(
      `update storage set blocks = blocks - 1, raw_bytes = raw_bytes - ?, bytes = bytes - ?
       where platform = ?`,
    );
    for (let at = 0; at < ids.length; at += SLICE_BLOCKS) {
      inTransaction(this.#db, () => {
        for (const id of ids.slice(at, at + SLICE_BLOCKS)) {
          const [platform, raw, bytes] = remove.get(id) as unknown as [number, number, number];
          note.run(raw, bytes, platform);
          this.#done.blocks++;
        }
      });
      yield this.#progress;
    }
  }

  #read(block: number): TelemetryEvent[] {
    return readBlockBody(this.#db, block);
  }

  #platforms(): string[] {
    const rows = prepareArrays(
      this.#db,
      "select distinct w.text from storage s join words w on w.id = s.platform",
    ).all() as unknown as [string][];
    return rows.map(([text]) => text);
  }

  #count(before: number): number {
    return numbers(
      this.#db,
      "select ifnull(sum(events), 0) from trace_blocks where last_at < ?",
      before,
    )[0]!;
  }

  /** The oldest blocks of a platform, as many as go together. */
  #oldest(platform: string, before: number): number[] {
    const rows = prepareArrays(
      this.#db,
      `select b.id, b.events from trace_blocks b join words w on w.id = b.platform
       where w.text = ? and b.last_at < ? order by b.first_at, b.id`,
    ).all(platform, before) as unknown as [number, number][];
    const chosen: number[] = [];
    let events = 0;
    for (const [id, count] of rows) {
      if (this.#unreadable.has(id)) continue;
      if (events + count > BATCH_EVENTS && chosen.length > 0) break;
      chosen.push(id);
      events += count;
    }
    return chosen;
  }

  /** What nobody can read stays where it is. */
  #readOrLeave(block: number): readonly TelemetryEvent[] {
    try {
      return this.#read(block);
    } catch (error) {
      if (!isPoison(error)) throw error;
      this.#unreadable.add(block);
      return [];
    }
  }

  get #progress(): ArchiveProgress {
    return { done: Math.min(this.#done.events, this.#total), total: this.#total };
  }
}

/** Deletes parts of months before this one; event keys and what was derived stay. */
export function forgetMonths(db: Database, folder: string, month: number): void {
  inTransaction(db, () => {
    for (const { id } of listParts(db).filter((part) => part.month < month)) dropPart(db, id);
  });
  removeUnfinished(db, folder);
}

/** Says that a part is to be removed; the caller holds the transaction. */
export function dropPart(db: Database, id: number): void {
  db.prepare("delete from archive_blocks where part = ?").run(id);
  db.prepare("update archive_parts set events = 0 where id = ?").run(id);
}

/** Removes what an earlier run noted and did not finish, or said to be removed. */
export function removeUnfinished(db: Database, folder: string): void {
  for (const part of listParts(db).filter(({ events }) => events === 0)) {
    removePart(folder, part);
    db.prepare("delete from archive_parts where id = ?").run(part.id);
  }
}

/** Notes a part: from now on whatever is at its place is known to be ours. */
export function notePart(db: Database, platform: string, month: number): Part {
  const row = prepareArrays(
    db,
    `insert into archive_parts (platform, month, events, bytes, digest)
     values ((select id from words where text = ?), ?, 0, 0, '') returning id`,
  ).get(platform, month) as unknown as [number];
  return { id: row[0], platform, month };
}

/** Records a part that has its name, and what is in it; the caller holds the transaction. */
export function recordPart(
  db: Database,
  { part, pieces }: PartWriter,
  { events, bytes, digest }: ReturnType<PartWriter["publish"]>,
): void {
  db.prepare("update archive_parts set events = ?, bytes = ?, digest = ? where id = ?")
    .run(events, bytes, digest, part.id);
  recordPieces(db, part.id, pieces);
}

/** Records where blocks stand in a part; the caller holds the transaction. */
function recordPieces(
  db: Database,
  part: number,
  pieces: PartWriter["pieces"],
): void {
  const add = db.prepare(
    `insert into archive_blocks (block, part, row_group, first_row, events, first_at, last_at)
     values (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { block, rowGroup, firstRow, events, firstAt, lastAt } of pieces) {
    add.run(block, part, rowGroup, firstRow, events, firstAt, lastAt);
  }
}

function numbers(db: Database, sql: string, ...parameters: number[]): number[] {
  const rows = prepareArrays(db, sql).all(...parameters) as unknown as [number][];
  return rows.map(([number]) => number);
}
