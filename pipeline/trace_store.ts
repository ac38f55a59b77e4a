/**
 * Raw traces: events in compressed blocks, and a row for each that finds it and knows it again.
 *
 * @module
 */

import { deflateSync, inflateSync } from "node:zlib";
import { type Database, prepareArrays, type Statement } from "../core/database.ts";
import {
  decodeEvent,
  type EncodedEvent,
  EVENT_TYPES,
  type TelemetryEvent,
} from "../core/event.ts";
import { factKey } from "../core/fact_key.ts";
import type { Words } from "../core/words.ts";
import type { Archive } from "./archive.ts";

/** A block that was written: its number and the events that were new in it. */
export interface StoredBlock {
  readonly id: number;
  readonly events: readonly TelemetryEvent[];
}

/** Which table holds the rows of a platform. */
export type TraceTables = Readonly<Record<string, string>>;

const COMPRESSION_LEVEL = 6;
const BLOCK_BYTES_MAX = 64 * 1024 * 1024;
const KINDS: ReadonlyMap<string, number> = new Map(EVENT_TYPES.map((type, i) => [type, i]));

/** Appends events and reads blocks back. All methods run in the caller's transaction. */
export class TraceStore {
  readonly #words: Words;
  readonly #tables: ReadonlyMap<string, Statement>;
  /** By platform and id. */
  readonly #sessions = new Map<string, Map<string, number>>();
  readonly #findSession: Statement;
  readonly #addSession: Statement;
  readonly #addBlock: Statement;
  readonly #archive: Archive | undefined;
  readonly #db: Database;
  readonly #nextBlock: Statement;
  readonly #note: Statement;

  /** The names of the tables of all platforms. */
  readonly tables: readonly string[];

  /**
   * Makes the tables that are missing; their names come from the platforms.
   *
   * @param archive where blocks are that are not in the database any more
   */
  constructor(db: Database, words: Words, tables: TraceTables, archive?: Archive) {
    this.#db = db;
    this.#archive = archive;
    this.tables = Object.values(tables);
    this.#words = words;
    this.#tables = new Map(
      Object.entries(tables).map(([platform, table]) => [platform, prepareInsert(db, table)]),
    );
    this.#findSession = prepareArrays(
      db,
      "select id from sessions where platform = ? and session_id = ?",
    );
    this.#addSession = prepareArrays(
      db,
      "insert into sessions (platform, session_id) values (?, ?) returning id",
    );
    this.#nextBlock = prepareArrays(
      db,
      `select max(ifnull((select max(id) from trace_blocks), 0),
         ifnull((select max(block) from archive_blocks), 0)) + 1`,
    );
    this.#addBlock = db.prepare(
      `insert into trace_blocks (id, platform, first_at, last_at, events, raw_bytes, body)
       values (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#note = db.prepare(
      `insert into storage (platform, blocks, events, raw_bytes, bytes) values (?, 1, ?, ?, ?)
       on conflict (platform) do update set blocks = blocks + 1,
         events = events + excluded.events, raw_bytes = raw_bytes + excluded.raw_bytes,
         bytes = bytes + excluded.bytes`,
    );
  }

  /**
   * Stores what is new of a batch, one block for each platform in it.
   *
   * @throws {RangeError} for an event of a platform that is not registered
   */
  append(batch: readonly EncodedEvent[]): StoredBlock[] {
    const platforms = new Map<string, EncodedEvent[]>();
    for (const encoded of batch) {
      const events = platforms.get(encoded.event.platform);
      if (events) events.push(encoded);
      else platforms.set(encoded.event.platform, [encoded]);
    }
    return [...platforms].flatMap(([platform, events]) => this.#appendOf(platform, events));
  }

  /** The events of a block, archived or not; empty when it was purged. */
  read(block: number): TelemetryEvent[] {
    const events = readBlockBody(this.#db, block);
    return events.length > 0 ? events : this.#archive?.read(block) ?? [];
  }

  /** Blocks of which some event cannot be read, as a part of the archive is missing or broken. */
  unreadableBlocks(): readonly number[] {
    return this.#archive?.unreadableBlocks() ?? [];
  }

  /** The same, a part of the archive at each turn. */
  *lookForUnreadable(): Generator<void, readonly number[]> {
    return this.#archive ? yield* this.#archive.lookForUnreadable() : [];
  }

  /** The number of a session, given out now if it is new. */
  session(platform: string, sessionId: string): number {
    const sessions = this.#sessions.getOrInsertComputed(platform, () => new Map());
    const known = sessions.get(sessionId);
    if (known !== undefined) return known;
    const word = this.#words.number(platform);
    const row = (this.#findSession.get(word, sessionId) ??
      this.#addSession.get(word, sessionId)) as unknown as [number];
    sessions.set(sessionId, row[0]);
    return row[0];
  }

  /** Forgets numbers that a rolled-back transaction gave out. */
  forget(): void {
    this.#sessions.clear();
    this.#words.forget();
  }

  /** Whether events of a platform can be stored. */
  hasTable(platform: string): boolean {
    return this.#tables.has(platform);
  }

  /** The number of the next block. */
  nextBlock(): number {
    return (this.#nextBlock.get() as unknown as [number])[0];
  }

  /**
   * Knows events again that are in a block elsewhere.
   *
   * @returns how many of them were not known
   */
  adopt(block: number, events: readonly TelemetryEvent[]): number {
    return events.filter((event, i) => this.#insert(event, block, i)).length;
  }

  #insert(event: TelemetryEvent, block: number, position: number): boolean {
    const insert = this.#tables.get(event.platform);
    if (!insert) throw new RangeError("Cannot store an event: its platform is not registered");
    const { changes } = insert.run(
      this.session(event.platform, event.sessionId),
      hashId(event.eventId),
      block,
      position,
      event.timestamp,
      KINDS.get(event.eventType) ?? 0,
    );
    return changes !== 0;
  }

  #appendOf(platform: string, batch: readonly EncodedEvent[]): StoredBlock[] {
    const id = this.nextBlock();
    const fresh: EncodedEvent[] = [];
    let first = Infinity, last = -Infinity;
    for (const encoded of batch) {
      const { event } = encoded;
      if (!this.#insert(event, id, fresh.length)) continue;
      fresh.push(encoded);
      first = Math.min(first, event.timestamp);
      last = Math.max(last, event.timestamp);
    }
    if (fresh.length === 0) return [];
    const { raw, body } = packBlock(fresh.map(({ json }) => json));
    const word = this.#words.number(platform);
    this.#addBlock.run(id, word, first, last, fresh.length, raw.length, body);
    this.#note.run(word, fresh.length, raw.length, body.length);
    return [{ id, events: fresh.map(({ event }) => event) }];
  }
}

/** A block of events, each as JSON: its bytes before and after compression. */
export function packBlock(
  lines: readonly string[],
): { readonly raw: Uint8Array; readonly body: Uint8Array } {
  const raw = new TextEncoder().encode(lines.join("\n"));
  return { raw, body: deflateSync(raw, { level: COMPRESSION_LEVEL }) };
}

/**
 * The events of a block that is in the database; empty when it is not.
 *
 * @throws what `node:zlib` throws for a body that is broken
 */
export function readBlockBody(db: Database, block: number): TelemetryEvent[] {
  const row = prepareArrays(db, "select body from trace_blocks where id = ?").get(block);
  if (!row) return [];
  const [body] = row as unknown as [Uint8Array];
  const text = inflateSync(body, { maxOutputLength: BLOCK_BYTES_MAX }).toString();
  return text.split("\n").map(decodeEvent);
}

/** The identity of an event in its session: 47 bits of SHA-256, six bytes in SQLite. */
export function hashId(id: string): number {
  // Of the 48 bits that begin its key.
  return Math.floor(factKey(id) / 16) % 2 ** 47;
}

function prepareInsert(db: Database, table: string): Statement {
  db.exec(
    `create table if not exists ${table} (
       session integer not null,
       hash integer not null,
       block integer,
       position integer,
       at integer not null,
       kind integer not null,
       primary key (session, hash)
     ) strict, without rowid`,
  );
  return db.prepare(
    `insert into ${table} (session, hash, block, position, at, kind) values (?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
  );
}
