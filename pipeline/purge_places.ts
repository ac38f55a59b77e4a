/**
 * The places that hold stored events, and how purged ones are taken out of each.
 *
 * @module
 */

import { inflateSync } from "node:zlib";
import { type Database, prepareArrays, type Statement } from "../core/database.ts";
import { decodeEvent, type TelemetryEvent } from "../core/event.ts";
import { numbers } from "./rebuild.ts";
import { hashId, packBlock, type TraceStore, type TraceTables } from "./trace_store.ts";

/** What places are cleared with. */
export interface PlaceParts {
  readonly db: Database;
  readonly tables: TraceTables;
  readonly traces: Pick<TraceStore, "session">;
  /** Whether an event goes. */
  readonly isPurged: (event: TelemetryEvent) => boolean;
  /** Is told of each that goes, in the transaction in which it does. */
  readonly onPurged: (event: TelemetryEvent) => void;
}

/**
 * A place that holds events: takes purged ones out of its next piece, in the caller's transaction.
 *
 * @returns how many rows of events went; undefined when there is no piece left to look at
 */
export type ClearPlace = () => number | undefined;

/** Every place that holds stored events, in the order in which they are cleared. */
export function eventPlaces(parts: PlaceParts): readonly ClearPlace[] {
  return [clearBlocks(parts), clearRows(parts)];
}

const ROWS_MAX = 500;
const OF_PURGE = "join purge_sessions p on p.session = t.session and t.at < p.cut_at";

/** Blocks are written anew without purged events; one that nobody can read goes whole. */
function clearBlocks(parts: PlaceParts): ClearPlace {
  const { db, tables, traces, isPurged, onPurged } = parts;
  const blocks = Object.values(tables).flatMap((table) =>
    numbers(
      db,
      `select distinct t.block from ${table} t ${OF_PURGE}
       join trace_blocks b on b.id = t.block order by 1`,
    )
  );
  const remove = perTable(parts, "delete from TABLE where session = ? and hash = ?");
  const rewrite = blockWriter(parts);
  return () => {
    const block = blocks.shift();
    if (block === undefined) return undefined;
    let gone = 0;
    const left: TelemetryEvent[] = [], leftLines: string[] = [];
    for (const [line, event] of readBlock(db, block)) {
      if (isPurged(event)) {
        onPurged(event);
        const session = traces.session(event.platform, event.sessionId);
        const { changes } = remove.get(event.platform)!.run(session, hashId(event.eventId));
        gone += Number(changes);
      } else {
        left.push(event);
        leftLines.push(line);
      }
    }
    rewrite(block, left, leftLines);
    return gone;
  };
}

/** Rows whose event is in no block: it was archived, or could not be read. */
function clearRows({ db, tables }: PlaceParts): ClearPlace {
  const removals = Object.values(tables).map((table) =>
    db.prepare(
      `delete from ${table} where (session, hash) in
         (select t.session, t.hash from purge_sessions p join ${table} t
            on t.session = p.session and t.at < p.cut_at limit ${ROWS_MAX})`,
    )
  );
  return () => {
    for (const removal of removals) {
      const { changes } = removal.run();
      if (changes > 0) return Number(changes);
    }
    return undefined;
  };
}

/** The events of a block with their JSON; none where they cannot be read. */
function readBlock(db: Database, block: number): (readonly [string, TelemetryEvent])[] {
  const row = prepareArrays(db, "select body from trace_blocks where id = ?")
    .get(block) as unknown as [Uint8Array] | undefined;
  if (!row) return [];
  try {
    const lines = inflateSync(row[0]).toString().split("\n");
    return lines.map((line) => [line, decodeEvent(line)] as const);
  } catch (error) {
    // Whatever is wrong with it: out of what nobody can read nobody can take anything.
    if (error instanceof Error) return [];
    throw error;
  }
}

/** Writes what is left of a block in its place. */
function blockWriter(parts: PlaceParts) {
  const { db, traces } = parts;
  const size = prepareArrays(
    db,
    "select platform, events, raw_bytes, length(body) from trace_blocks where id = ?",
  );
  const note = db.prepare(
    `update storage set blocks = blocks - ?, events = events - ?, raw_bytes = raw_bytes - ?,
       bytes = bytes - ? where platform = ?`,
  );
  const remove = db.prepare("delete from trace_blocks where id = ?");
  const replace = db.prepare(
    `update trace_blocks set first_at = ?, last_at = ?, events = ?, raw_bytes = ?, body = ?
     where id = ?`,
  );
  const place = perTable(
    parts,
    "update TABLE set position = ? where session = ? and hash = ? and block = ?",
  );
  return (block: number, left: readonly TelemetryEvent[], lines: readonly string[]) => {
    const before = size.get(block) as unknown as [number, number, number, number] | undefined;
    if (!before) return;
    const [platform, events, rawBytes, bytes] = before;
    if (left.length === 0) {
      remove.run(block);
      note.run(1, events, rawBytes, bytes, platform);
      return;
    }
    const { raw, body } = packBlock(lines);
    const times = left.map(({ timestamp }) => timestamp);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    replace.run(first, last, left.length, raw.length, body, block);
    note.run(0, events - left.length, rawBytes - raw.length, bytes - body.length, platform);
    left.forEach((event, i) => {
      const session = traces.session(event.platform, event.sessionId);
      place.get(event.platform)!.run(i, session, hashId(event.eventId), block);
    });
  };
}

function perTable({ db, tables }: PlaceParts, sql: string): ReadonlyMap<string, Statement> {
  return new Map(
    Object.entries(tables).map(([platform, table]) => [
      platform,
      db.prepare(sql.replace("TABLE", table)),
    ]),
  );
}
