/**
 * Reads what can be read of a damaged database: row by row, passing over what makes no sense.
 *
 * @module
 */

import { inflateSync } from "node:zlib";
import { type Database, openGuest, prepareArrays } from "../core/database.ts";
import { decodeEvent, type TelemetryEvent } from "../core/event.ts";
import { isPoison } from "./dead_letters.ts";
import { unpackEntries } from "./entry_rows.ts";
import { isDamagedError } from "../core/sqlite_error.ts";

/** A row as it is read. */
type Row = readonly unknown[];

const BUSY_MS = 1000;
const BLOCK_BYTES_MAX = 64 * 1024 * 1024;
/** A damaged number could ask for more rows than there ever were. */
const BLOCKS_MAX = 20_000_000;

/** What is left of a database. */
export class Salvage implements Disposable {
  readonly #db: Database | undefined;

  /** Opens it as far as it can be; it is only read. */
  constructor(path: string) {
    this.#db = attempt(() => {
      const db = openGuest(path, BUSY_MS);
      // Some notice only now.
      if (attempt(() => db.prepare("pragma user_version").get()) !== undefined) return db;
      db.close();
      return undefined;
    });
  }

  /** The events of every block that can be read, block by block. */
  *blocks(): Generator<readonly TelemetryEvent[]> {
    const last = this.#lastBlock();
    const read = this.#prepare("select body from trace_blocks where id = ?");
    for (let id = 1; read && id <= last; id++) {
      // One that cannot be read hides none of the others.
      const events = attempt(() => {
        const row = read.get(id) as unknown as [unknown] | undefined;
        return row && eventsOf(row[0]);
      });
      if (events) yield events;
    }
  }

  /** Events that waited to be stored. */
  *waiting(): Generator<TelemetryEvent> {
    for (const [body] of this.rows("select body from stream_entries where stream = 1", "id")) {
      for (const entry of unpackEntries(String(body))) {
        const event = attempt(() => decodeEvent(entry));
        if (event) yield event;
      }
    }
  }

  /**
   * The rows of a query from its first one to the first that cannot be read, then from its last
   * one backwards: most come twice. An iterator of the runtime ends at an error as at the end.
   *
   * @param order what the rows are read by
   */
  *rows(sql: string, order: string): Generator<Row> {
    for (const direction of ["asc", "desc"]) {
      const statement = this.#prepare(`${sql} order by ${order} ${direction}`);
      const rows = attempt(() => statement?.iterate() as Iterator<Row> | undefined);
      for (;;) {
        const next = rows && attempt(() => rows.next());
        if (!next || next.done) break;
        yield next.value;
      }
    }
  }

  /** One number. @returns undefined when it cannot be read */
  number(sql: string): number | undefined {
    const row = attempt(() => this.#prepare(sql)?.get() as unknown as [unknown] | undefined);
    return typeof row?.[0] === "number" ? row[0] : undefined;
  }

  [Symbol.dispose](): void {
    this.#db?.close();
  }

  /** The block of the highest number, by whatever still knows one. */
  #lastBlock(): number {
    const tables = [...this.rows(
      "select name from sqlite_schema where name like '%_raw_traces'",
      "name",
    )].map(([name]) => String(name)).filter((name) => /^[a-z_]+$/.test(name));
    const told = [
      "select max(id) from trace_blocks",
      "select sum(blocks) from storage",
      ...tables.map((table) => `select max(block) from ${table}`),
    ].map((sql) => this.number(sql) ?? 0);
    return Math.min(BLOCKS_MAX, Math.max(0, ...told));
  }

  #prepare(sql: string) {
    const db = this.#db;
    return db && attempt(() => prepareArrays(db, sql));
  }
}

function eventsOf(body: unknown): TelemetryEvent[] | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  const text = inflateSync(body, { maxOutputLength: BLOCK_BYTES_MAX }).toString();
  return text.split("\n").map(decodeEvent);
}

/** What is damaged is not there: a table may be missing, a row broken, a text no JSON. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    if (isDamagedError(error) || isPoison(error)) return undefined;
    if (
      /no such (table|column)|malformed|unable to open|unsupported file format|disk I\/O/.test(
        text,
      )
    ) {
      return undefined;
    }
    throw error;
  }
}
