/**
 * Events that were archived, read back by the block in which they were.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../core/database.ts";
import { EventError, type TelemetryEvent } from "../core/event.ts";
import {
  type ArchivePart,
  leadsElsewhere,
  listParts,
  type PartProblem,
  placeOfPart,
  problemOfPart,
} from "./archive_parts.ts";
import { eventOfRow, readEventGroup } from "./event_table.ts";
import { ParquetError } from "./parquet_reader.ts";

/** A part that cannot be read. */
export interface BrokenPart {
  readonly part: ArchivePart;
  readonly problem: PartProblem;
}

/** Which archived events: those of blocks that hold some of a time. */
export interface ArchiveChoice {
  /** Milliseconds since 1970 UTC; from the first, up to and without the second. */
  readonly from: number;
  readonly to: number;
}

type Rows = readonly (readonly unknown[])[];
type Piece = [part: number, group: number, first: number, events: number];

/** Reads the archive of a database; it may be empty. */
export class Archive {
  readonly #db: Database;
  readonly #folder: string;
  readonly #pieces: Statement;
  #parts = new Map<number, ArchivePart>();
  /** The group that was read last: its neighbours are asked for next. */
  #last: { readonly key: string; readonly rows: Rows } | undefined;

  constructor(db: Database, folder: string) {
    this.#db = db;
    this.#folder = folder;
    this.#pieces = prepareArrays(
      db,
      "select part, row_group, first_row, events from archive_blocks where block = ?",
    );
  }

  /**
   * The events of a block; none where it was not archived.
   *
   * @throws {RangeError} when a part of it cannot be read
   */
  read(block: number): TelemetryEvent[] {
    return this.#eventsOf(this.#pieces.all(block) as unknown as Piece[]);
  }

  /** The events of a block that are in one part. */
  readIn(part: number, block: number): TelemetryEvent[] {
    const pieces = this.#pieces.all(block) as unknown as Piece[];
    return this.#eventsOf(pieces.filter(([id]) => id === part));
  }

  /** Parts that cannot be read, each with the reason; every byte of all is looked at. */
  broken(): BrokenPart[] {
    return resultOf(this.#lookAtAll());
  }

  /** Blocks in parts that cannot be read, and not in the database. */
  unreadableBlocks(): readonly number[] {
    return resultOf(this.lookForUnreadable());
  }

  /** The same, a part of the archive at each turn. */
  *lookForUnreadable(): Generator<void, readonly number[]> {
    const parts = (yield* this.#lookAtAll()).map(({ part }) => part.id);
    const rows = prepareArrays(
      this.#db,
      `select distinct block from archive_blocks
       where part in (select value from json_each(?))
         and block not in (select id from trace_blocks)`,
    ).all(JSON.stringify(parts)) as unknown as [number][];
    return rows.map(([block]) => block);
  }

  /**
   * The events of all parts that can be read, group by group, but those of blocks that are in the
   * database still.
   *
   * @param onBroken is told of parts that cannot be read
   */
  *events(
    { from, to }: ArchiveChoice,
    onBroken: (part: ArchivePart) => void = () => {},
  ): Generator<TelemetryEvent> {
    const pieces = prepareArrays(
      this.#db,
      `select row_group, first_row, events from archive_blocks
       where part = ? and last_at >= ? and first_at < ?
         and block not in (select id from trace_blocks)
       order by row_group, first_row`,
    );
    for (const part of listParts(this.#db)) {
      const rows = pieces.all(part.id, from, to) as unknown as [number, number, number][];
      try {
        for (const [group, first, events] of rows) {
          yield* this.#group(part.id, group).slice(first, first + events).map(eventOfRow);
        }
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof EventError)) throw error;
        onBroken(part);
      }
    }
  }

  *#lookAtAll(): Generator<void, BrokenPart[]> {
    const broken: BrokenPart[] = [];
    for (const part of listParts(this.#db).filter(({ events }) => events > 0)) {
      const problem = problemOfPart(this.#folder, part);
      if (problem !== undefined) broken.push({ part, problem });
      yield;
    }
    return broken;
  }

  #eventsOf(pieces: readonly Piece[]): TelemetryEvent[] {
    return pieces.flatMap(([part, group, first, events]) =>
      this.#group(part, group).slice(first, first + events).map(eventOfRow)
    );
  }

  #group(part: number, group: number): Rows {
    const key = `${part} ${group}`;
    if (this.#last?.key !== key) this.#last = { key, rows: this.#readGroup(part, group) };
    return this.#last.rows;
  }

  #readGroup(id: number, group: number): Rows {
    const part = this.#part(id), place = placeOfPart(part);
    try {
      if (leadsElsewhere(this.#folder, place)) throw new Deno.errors.NotFound();
      return readEventGroup(`${this.#folder}/${place}`, group);
    } catch (error) {
      const isGone = error instanceof Deno.errors.NotFound;
      if (!isGone && !(error instanceof ParquetError)) throw error;
      throw new RangeError("Cannot read the archive: a part of it is missing or broken", {
        cause: error,
      });
    }
  }

  #part(id: number): ArchivePart {
    if (!this.#parts.has(id)) {
      this.#parts = new Map(listParts(this.#db).map((part) => [part.id, part]));
    }
    const part = this.#parts.get(id);
    if (part) return part;
    throw new RangeError("Cannot read the archive: it has no such part");
  }
}

function resultOf<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
