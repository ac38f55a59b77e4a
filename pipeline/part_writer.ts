/**
 * Writes one part of the archive: its rows, then what makes it sure that they are there.
 *
 * @module
 */

import { encodeEvent, type TelemetryEvent } from "../core/event.ts";
import { removeIfThere } from "../core/if_there.ts";
import { type ArchivePart, digestOf, leadsElsewhere, placeOfPart } from "./archive_parts.ts";
import { cellsOf, EVENT_COLUMNS, eventOfRow, readEventGroup } from "./event_table.ts";
import { ParquetFile } from "./parquet_file.ts";

/** Where the events of a block stand in a part. */
export interface PartPiece {
  readonly block: number;
  readonly rowGroup: number;
  readonly firstRow: number;
  readonly events: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** So many rows stand in one group: as few as can be read within a few milliseconds. */
const GROUP_ROWS = 1000;

/** A part that is being written; under another name until {@linkcode PartWriter.publish}. */
export class PartWriter {
  readonly #folder: string;
  readonly #place: string;
  readonly #file: ParquetFile;
  readonly #pieces: PartPiece[] = [];
  #rows: TelemetryEvent[] = [];
  #groups = 0;
  #events = 0;

  /** @param folder that of the archive */
  constructor(folder: string, readonly part: Pick<ArchivePart, "id" | "platform" | "month">) {
    this.#folder = folder;
    this.#place = placeOfPart(part);
    makeFolders(folder, this.#place);
    removeIfThere(this.#partPath);
    // The library keeps the mode of what is there.
    Deno.openSync(this.#partPath, { write: true, createNew: true, mode: 0o600 }).close();
    const notes = { blueplane: '{"schema":"blueplane.archive/1"}' };
    this.#file = new ParquetFile(this.#partPath, EVENT_COLUMNS, notes);
  }

  /** Where the blocks stand that were added. */
  get pieces(): readonly PartPiece[] {
    return this.#pieces;
  }

  /** How many events were added. */
  get events(): number {
    return this.#events;
  }

  /** Adds the events of a block; they stand in one group. */
  add(block: number, events: readonly TelemetryEvent[]): void {
    const times = events.map(({ timestamp }) => timestamp);
    this.#pieces.push({
      block,
      rowGroup: this.#groups,
      firstRow: this.#rows.length,
      events: events.length,
      firstAt: Math.min(...times),
      lastAt: Math.max(...times),
    });
    this.#rows.push(...events);
    this.#events += events.length;
    if (this.#rows.length >= GROUP_ROWS) this.#writeGroup();
  }

  /** Ends the file. */
  finish(): void {
    if (this.#rows.length > 0) this.#writeGroup();
    this.#file.finish();
  }

  /**
   * Reads a group of the finished file back.
   *
   * @param expected the events that were added, by block
   * @throws {Error} when one of them is not what it was
   */
  verify(group: number, expected: (block: number) => readonly TelemetryEvent[]): void {
    const rows = readEventGroup(this.#partPath, group);
    const told = this.#pieces.filter(({ rowGroup }) => rowGroup === group)
      .flatMap(({ block }) => expected(block));
    const isSame = rows.length === told.length &&
      rows.every((row, i) => encodeEvent(eventOfRow(row)) === encodeEvent(told[i]!));
    if (!isSame) {
      throw new Error("Cannot archive: what was written is not what was read back");
    }
  }

  /** The number of groups. */
  get groups(): number {
    return this.#groups;
  }

  /** Gives the file its name, once it is on the disk. */
  publish(): Pick<ArchivePart, "events" | "bytes" | "digest"> {
    syncPath(this.#partPath);
    const digest = digestOf(this.#partPath);
    const bytes = Deno.statSync(this.#partPath).size;
    const path = `${this.#folder}/${this.#place}`;
    Deno.renameSync(this.#partPath, path);
    syncFolder(path);
    return { events: this.#events, bytes, digest };
  }

  get #partPath(): string {
    return `${this.#folder}/${this.#place}.tmp`;
  }

  #writeGroup(): void {
    const rows = this.#rows.map(cellsOf);
    this.#rows = [];
    this.#groups++;
    this.#file.write(rows);
  }
}

/** Removes what lies at the place of a part, finished or not. */
export function removePart(folder: string, part: Pick<ArchivePart, "id" | "platform" | "month">) {
  const place = placeOfPart(part);
  if (leadsElsewhere(folder, place)) return;
  for (const path of [`${folder}/${place}.tmp`, `${folder}/${place}`]) removeIfThere(path);
  // An empty folder is nothing that anybody looks for.
  for (let path = place; path.includes("/");) {
    path = path.slice(0, path.lastIndexOf("/"));
    try {
      Deno.removeSync(`${folder}/${path}`);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      if (error instanceof Error) return;
      throw error;
    }
  }
}

function makeFolders(folder: string, place: string): void {
  if (leadsElsewhere(folder, place)) {
    throw new Error("Cannot archive: a folder of the archive is a link or a file");
  }
  const parent = place.slice(0, place.lastIndexOf("/"));
  Deno.mkdirSync(`${folder}/${parent}`, { recursive: true, mode: 0o700 });
}

function syncPath(path: string): void {
  using file = Deno.openSync(path);
  file.syncSync();
}

/** A name is on the disk once its folder is; only some systems can be asked for that. */
function syncFolder(path: string): void {
  if (Deno.build.os !== "windows") syncPath(path.slice(0, path.lastIndexOf("/")));
}
