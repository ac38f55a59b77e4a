/**
 * Takes files of the archive into a database that knows nothing of them: one that is new, as the
 * old one was damaged or is gone.
 *
 * @module
 */

import { type Database, inTransaction } from "../core/database.ts";
import { EVENT_FIELDS, EventError, type TelemetryEvent } from "../core/event.ts";
import { entriesIn, ifThere } from "../core/if_there.ts";
import type { Words } from "../core/words.ts";
import { digestOf, placeOfPart } from "./archive_parts.ts";
import { EVENT_COLUMNS, eventOfRow } from "./event_table.ts";
import { ParquetError, ParquetReader } from "./parquet_reader.ts";
import type { TraceStore } from "./trace_store.ts";

/** What was taken in. */
export interface Adopted {
  readonly parts: number;
  readonly events: number;
  /** Parts that cannot be read, by their places in the archive. */
  readonly broken: readonly string[];
}

/** What it works with. */
export interface AdoptParts {
  readonly db: Database;
  readonly words: Words;
  readonly traces: TraceStore;
  /** The folder of the archive. */
  readonly folder: string;
}

const PLACE = /^platform=([A-Za-z0-9_-]+)\/month=(-?\d{4,6})-(\d{2})\/part-(\d{6,15})\.parquet$/;
/** What is folded at once must not be much. */
const BLOCK_EVENTS = 100;

/** Takes in every part that lies where a part lies; nothing else is touched. */
export function adoptArchive(parts: AdoptParts): Adopted {
  const broken: string[] = [];
  let adopted = 0, events = 0;
  for (const place of placesIn(parts.folder)) {
    try {
      events += inTransaction(parts.db, () => adoptPart(parts, place));
      adopted++;
    } catch (error) {
      const isBroken = [ParquetError, EventError, RangeError].some((kind) =>
        error instanceof kind
      );
      if (!isBroken) throw error;
      // Its transaction gave numbers out that nothing has now.
      parts.traces.forget();
      broken.push(place);
    }
  }
  return { parts: adopted, events, broken };
}

function adoptPart({ db, words, traces, folder }: AdoptParts, place: string): number {
  const [, platform, year, ofYear, id] = PLACE.exec(place)!;
  const month = Number(year) < 0
    ? Number(year) * 100 - Number(ofYear)
    : Number(year) * 100 + Number(ofYear);
  const path = `${folder}/${place}`;
  using reader = new ParquetReader(path, EVENT_COLUMNS);
  const part = { id: Number(id), platform: platform!, month };
  if (placeOfPart(part) !== place) throw new RangeError("Cannot adopt a part: its name is none");
  db.prepare(
    `insert into archive_parts (id, platform, month, events, bytes, digest)
     values (?, ?, ?, 0, ?, ?)`,
  ).run(part.id, words.number(part.platform), month, Deno.statSync(path).size, digestOf(path));
  let events = 0;
  for (let group = 0; group < reader.groups; group++) {
    const rows = reader.readGroup(group, EVENT_FIELDS).map(eventOfRow);
    for (let first = 0; first < rows.length; first += BLOCK_EVENTS) {
      const block = rows.slice(first, first + BLOCK_EVENTS);
      if (block.some((event) => event.platform !== part.platform)) {
        throw new RangeError("Cannot adopt a part: it holds events of another platform");
      }
      adoptBlock(db, traces, { part: part.id, group, first }, block);
    }
    events += rows.length;
  }
  db.prepare("update archive_parts set events = ? where id = ?").run(events, part.id);
  note(db, words, part.platform, events);
  return events;
}

function adoptBlock(
  db: Database,
  traces: TraceStore,
  { part, group, first }: Readonly<Record<"part" | "group" | "first", number>>,
  events: readonly TelemetryEvent[],
): void {
  const block = traces.nextBlock();
  traces.adopt(block, events);
  const times = events.map(({ timestamp }) => timestamp);
  db.prepare(
    `insert into archive_blocks (block, part, row_group, first_row, events, first_at, last_at)
     values (?, ?, ?, ?, ?, ?, ?)`,
  ).run(block, part, group, first, events.length, Math.min(...times), Math.max(...times));
}

/** What is stored of a platform, wherever. */
function note(db: Database, words: Words, platform: string, events: number): void {
  db.prepare(
    `insert into storage (platform, blocks, events, raw_bytes, bytes) values (?, 0, ?, 0, 0)
     on conflict (platform) do update set events = events + excluded.events`,
  ).run(words.number(platform), events);
}

/** Links are not followed. */
function placesIn(folder: string, place = ""): string[] {
  const at = `${folder}/${place}`;
  if (!ifThere(() => Deno.lstatSync(at).isDirectory)) return [];
  return entriesIn(at).flatMap(({ name, isDirectory, isFile }) =>
    isDirectory
      ? placesIn(folder, `${place}${name}/`)
      : isFile && PLACE.test(place + name)
      ? [place + name]
      : []
  ).sort();
}
