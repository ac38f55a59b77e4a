/**
 * The durable queue in the database file: one stream, one consumer group, ranges under lease.
 *
 * A lease covers the range of ids that one answer handed out, so that taking and acknowledging a
 * hundred entries writes one small row instead of a hundred large ones.
 *
 * @module
 */

import type { Delivery, LeasingBroker } from "../core/broker.ts";
import type { Clock } from "../core/clock.ts";
import {
  type Database,
  inTransaction,
  LIMIT,
  prepareArrays,
  type Statement,
} from "../core/database.ts";
import { entriesOf, packEntries, ROW_ENTRIES_MAX, unpackEntries } from "./entry_rows.ts";

/** Numbers of the streams in `stream_entries`. */
export const STREAMS = {
  "telemetry:events": 1,
  "cdc:events": 2,
} as const;

/** So many entries share a row: as many as are taken at once, as a row is read whole. */
const ROW_ENTRIES = { "telemetry:events": ROW_ENTRIES_MAX, "cdc:events": 8 } as const;

const ID_MAX = 2 ** 52;

/** Positions count too: the id of an entry that was removed is never given again. */
const TOP_ID = `max(ifnull((select max(id) from stream_entries where stream = ?1), 0),
  (select max(position) from stream_groups where stream = ?1))`;

/** What a {@linkcode SqliteBroker} needs to know. */
export interface SqliteBrokerOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly stream: keyof typeof STREAMS;
  /** The consumer group; it sees every entry that is in the stream when it first appears. */
  readonly group: string;
  /** How long an entry stays away from others. @default {60000} */
  readonly leaseMs?: number;
}

interface Lease {
  readonly firstId: number;
  readonly lastId: number;
  readonly attempts: number;
  acked: Set<number>;
}

type LeaseRow = [number, number, number, string];
type Entry = readonly [id: number, body: string];

/** A {@linkcode LeasingBroker} over tables of the database file. */
export class SqliteBroker implements LeasingBroker {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #stream: number;
  readonly #rowEntries: number;
  readonly #group: string;
  readonly #leaseMs: number;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(options: SqliteBrokerOptions) {
    const { db, clock, stream, group, leaseMs = 60_000 } = options;
    this.#db = db;
    this.#clock = clock;
    this.#stream = STREAMS[stream];
    this.#rowEntries = ROW_ENTRIES[stream];
    this.#group = group;
    this.#leaseMs = leaseMs;
    this.#statements = prepare(db);
    this.#statements.addGroup.run(this.#stream, group);
  }

  async publish(bodies: readonly string[]): Promise<void> {
    if (bodies.length === 0) return;
    inTransaction(this.#db, () => this.append(bodies));
  }

  /** Stores bodies within the caller's transaction. @returns the last id that was given out */
  append(bodies: readonly string[]): number {
    let id = this.#number(this.#statements.topId, this.#stream);
    for (const [text, entries] of packEntries(bodies, this.#rowEntries)) {
      this.#statements.add.run(this.#stream, id += entries, text);
    }
    return id;
  }

  async take(max: number): Promise<readonly Delivery[]> {
    // Most that ask find nothing, and one short question is cheaper than three.
    if (this.isEmpty) return [];
    const now = this.#clock.now();
    return inTransaction(this.#db, () => this.#retake(max, now) ?? this.#takeNew(max, now));
  }

  async ack(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const sorted = sortedNumbers(ids);
    inTransaction(this.#db, () => {
      for (const lease of this.#leasesAround(sorted)) {
        for (const id of sorted) {
          if (id >= lease.firstId && id <= lease.lastId) lease.acked.add(id);
        }
        this.#settle(lease);
      }
      this.#removeDone();
    });
  }

  /** Acknowledges everything, taken or not. @returns how much there was */
  ackAll(): number {
    const depth = this.#depth();
    if (depth === 0) return 0;
    inTransaction(this.#db, () => {
      this.#statements.unleaseAll.run(this.#stream, this.#group);
      const top = this.#number(this.#statements.topId, this.#stream);
      this.#statements.move.run(top, this.#stream, this.#group);
      this.#removeDone();
    });
    return depth;
  }

  async depth(): Promise<number> {
    return this.#depth();
  }

  /** Whether nothing waits, and nothing is taken that is not acknowledged. */
  get isEmpty(): boolean {
    return this.#depth() === 0;
  }

  release(ids: readonly string[], delayMs: number): void {
    const expiresAt = this.#clock.now() + delayMs;
    const sorted = sortedNumbers(ids);
    for (const lease of this.#leasesAround(sorted)) {
      if (!sorted.some((id) => id >= lease.firstId && id <= lease.lastId)) continue;
      this.#statements.extend.run(expiresAt, this.#stream, this.#group, lease.firstId);
    }
  }

  giveBack(deliveries: readonly Delivery[]): void {
    const sorted = sortedNumbers(deliveries.map(({ id }) => id));
    const attempts = (deliveries[0]?.attempts ?? 1) - 1;
    for (const { firstId, lastId } of this.#leasesAround(sorted)) {
      if (!sorted.some((id) => id >= firstId && id <= lastId)) continue;
      const now = this.#clock.now();
      this.#statements.renew.run(attempts, now, this.#stream, this.#group, firstId);
    }
  }

  releaseAll(): void {
    this.#statements.extendAll.run(this.#clock.now(), this.#stream, this.#group);
  }

  #depth(): number {
    return this.#number(this.#statements.depth, this.#stream, this.#group);
  }

  #retake(max: number, now: number): readonly Delivery[] | undefined {
    // No lease lasts longer: where one seems to, the clock was set back.
    const latest = now + this.#leaseMs;
    const row = this.#statements.expired.get(this.#stream, this.#group, now, latest) as unknown as
      | LeaseRow
      | undefined;
    if (!row) return undefined;
    const lease = toLease(row);
    const rows = this.#entries(lease.firstId, lease.lastId)
      .filter(([id]) => !lease.acked.has(id));
    const attempts = lease.attempts + 1;
    const next = rows[max];
    if (next) this.#split(lease, next[0], now);
    this.#statements.renew.run(
      attempts,
      now + this.#leaseMs,
      this.#stream,
      this.#group,
      lease.firstId,
    );
    return rows.slice(0, max).map(([id, body]) => ({ id: String(id), body, attempts }));
  }

  /** Makes a lease of its own, that has run out, of a lease's entries from `id` on. */
  #split(lease: Lease, id: number, now: number): void {
    const acked = (from: number, to: number) =>
      JSON.stringify([...lease.acked].filter((n) => n >= from && n < to));
    const { firstId, lastId, attempts } = lease;
    this.#statements.shorten.run(
      id - 1,
      acked(firstId, id),
      this.#stream,
      this.#group,
      firstId,
    );
    const rest = acked(id, lastId + 1);
    this.#statements.lease.run(this.#stream, this.#group, id, lastId, attempts, now, rest);
  }

  #takeNew(max: number, now: number): readonly Delivery[] {
    const position = this.#number(this.#statements.position, this.#stream, this.#group);
    const rows = this.#fresh(position, max);
    const first = rows[0], last = rows.at(-1);
    if (!first || !last) return [];
    this.#statements.lease.run(
      this.#stream,
      this.#group,
      first[0],
      last[0],
      1,
      now + this.#leaseMs,
      "[]",
    );
    this.#statements.move.run(last[0], this.#stream, this.#group);
    return rows.map(([id, body]) => ({ id: String(id), body, attempts: 1 }));
  }

  /** The next entries behind a position. */
  #fresh(position: number, max: number): Entry[] {
    const entries: Entry[] = [];
    // Most of the time what is asked for lies in one row.
    for (let rowsMax = 1; entries.length < max; rowsMax *= 2) {
      const from = (entries.at(-1)?.[0] ?? position) + 1;
      const more = this.#entries(from, ID_MAX, rowsMax);
      if (more.length === 0) break;
      entries.push(...more);
    }
    return entries.slice(0, max);
  }

  #entries(first: number, last: number, rowsMax = -1): Entry[] {
    // A row has the id of its last entry.
    const rows = this.#statements.range.all(
      this.#stream,
      first,
      last + ROW_ENTRIES_MAX - 1,
      rowsMax,
    ) as unknown as Entry[];
    return rows.flatMap(([id, text]) => {
      const bodies = unpackEntries(text), before = id - bodies.length;
      return bodies.map((body, i): Entry => [before + i + 1, body]);
    }).filter(([id]) => id >= first && id <= last);
  }

  #leasesAround(sorted: readonly number[]): Lease[] {
    const rows = this.#statements.around.all(
      this.#stream,
      this.#group,
      sorted.at(-1) ?? 0,
      sorted[0] ?? 0,
    ) as unknown as LeaseRow[];
    return rows.map(toLease);
  }

  #settle(lease: Lease): void {
    // Ids of a stream have no gaps, so counting tells whether all are there.
    if (lease.acked.size <= lease.lastId - lease.firstId) {
      const acked = JSON.stringify([...lease.acked]);
      this.#statements.note.run(acked, this.#stream, this.#group, lease.firstId);
    } else {
      this.#statements.unlease.run(this.#stream, this.#group, lease.firstId);
    }
  }

  /** Deletes what every group has acknowledged: all below the oldest lease and position. */
  #removeDone(): void {
    const last = this.#number(this.#statements.done, this.#stream, this.#stream);
    this.#statements.remove.run(this.#stream, last);
  }

  #number(statement: Statement, ...parameters: (number | string)[]): number {
    return (statement.get(...parameters) as unknown as [number])[0];
  }
}

function sortedNumbers(ids: readonly string[]): number[] {
  return ids.map(Number).filter(Number.isSafeInteger).sort((a, b) => a - b);
}

function toLease(row: LeaseRow): Lease {
  return {
    firstId: row[0],
    lastId: row[1],
    attempts: row[2],
    acked: new Set(JSON.parse(row[3])),
  };
}

function prepare(db: Database) {
  const arrays = (sql: string): Statement => prepareArrays(db, sql);
  const lease = "stream = ? and name = ? and first_id = ?";
  return {
    addGroup: db.prepare(
      `insert into stream_groups (stream, name, position) values (?1, ?2,
         ifnull((select id - ${entriesOf("body")} from stream_entries where stream = ?1
             order by id limit 1),
           ifnull((select max(position) from stream_groups where stream = ?1), 0)))
       on conflict do nothing`,
    ),
    position: arrays("select position from stream_groups where stream = ? and name = ?"),
    topId: arrays(`select ${TOP_ID}`),
    depth: arrays(
      `select ${TOP_ID} - position + ifnull((
         select sum(last_id - first_id + 1 - json_array_length(acked)) from stream_leases l
         where l.stream = g.stream and l.name = g.name), 0)
       from stream_groups g where stream = ?1 and name = ?2`,
    ),
    add: db.prepare("insert into stream_entries (stream, id, body) values (?, ?, ?)"),
    range: arrays(
      `select id, body from stream_entries where stream = ? and id between ? and ? order by id
       ${LIMIT}`,
    ),
    expired: arrays(
      `select first_id, last_id, attempts, acked from stream_leases
       where stream = ? and name = ? and (expires_at <= ? or expires_at > ?)
       order by first_id limit 1`,
    ),
    around: arrays(
      `select first_id, last_id, attempts, acked from stream_leases
       where stream = ? and name = ? and first_id <= ? and last_id >= ?`,
    ),
    lease: db.prepare(
      `insert into stream_leases (stream, name, first_id, last_id, attempts, expires_at, acked)
       values (?, ?, ?, ?, ?, ?, ?)`,
    ),
    shorten: db.prepare(`update stream_leases set last_id = ?, acked = ? where ${lease}`),
    renew: db.prepare(`update stream_leases set attempts = ?, expires_at = ? where ${lease}`),
    extend: db.prepare(`update stream_leases set expires_at = ? where ${lease}`),
    extendAll: db.prepare(
      "update stream_leases set expires_at = min(expires_at, ?) where stream = ? and name = ?",
    ),
    note: db.prepare(`update stream_leases set acked = ? where ${lease}`),
    unlease: db.prepare(`delete from stream_leases where ${lease}`),
    unleaseAll: db.prepare("delete from stream_leases where stream = ? and name = ?"),
    move: db.prepare("update stream_groups set position = ? where stream = ? and name = ?"),
    done: arrays(
      `select min(ifnull((select min(first_id) - 1 from stream_leases where stream = ?), 1e15),
         (select min(position) from stream_groups where stream = ?))`,
    ),
    remove: db.prepare("delete from stream_entries where stream = ? and id <= ?"),
  };
}
