/**
 * Takes events out of the archive for good: a part that holds some is written anew without them.
 *
 * @module
 */

import { type Database, inTransaction, prepareArrays } from "../core/database.ts";
import type { TelemetryEvent } from "../core/event.ts";
import { Archive } from "./archive.ts";
import { type ArchivePart, listParts, problemOfPart } from "./archive_parts.ts";
import { dropPart, notePart, recordPart, removeUnfinished } from "./archiver.ts";
import { PartWriter } from "./part_writer.ts";

/** What was taken out. */
export interface Rewritten {
  readonly events: number;
  readonly parts: number;
}

/** Which events go. A part that nobody can read is dropped where `unreadable` says so. */
export interface RewriteChoice {
  readonly isGone: (event: TelemetryEvent) => boolean;
  /** Parts of which it is known, without a look at them, that none of it goes. */
  readonly isKept?: (part: ArchivePart) => boolean;
  readonly unreadable: (part: ArchivePart) => "keep" | "drop";
}

/**
 * Rewrites every part that holds events that go; each turn is a step between which no transaction
 * is open. A part is replaced whole or not at all: broken off and called again, it ends alike.
 * The rows of the events in the tables of traces are the caller's.
 */
export function* rewriteParts(
  db: Database,
  folder: string,
  { isGone, isKept = () => false, unreadable }: RewriteChoice,
): Generator<void, Rewritten> {
  removeUnfinished(db, folder);
  const archive = new Archive(db, folder);
  let events = 0, parts = 0;
  for (const part of listParts(db)) {
    if (isKept(part)) continue;
    yield;
    if (problemOfPart(folder, part) !== undefined) {
      if (unreadable(part) === "keep") continue;
      events += part.events;
      inTransaction(db, () => dropPart(db, part.id));
    } else {
      const blocks = blocksOf(db, part.id);
      const hit = blocks.some((block) => archive.readIn(part.id, block).some(isGone));
      if (!hit) continue;
      events += yield* rewrite({ db, folder, archive, part, blocks, isGone });
    }
    parts++;
    removeUnfinished(db, folder);
  }
  return { events, parts };
}

function* rewrite({ db, folder, archive, part, blocks, isGone }: {
  readonly db: Database;
  readonly folder: string;
  readonly archive: Archive;
  readonly part: ArchivePart;
  readonly blocks: readonly number[];
  readonly isGone: RewriteChoice["isGone"];
}): Generator<void, number> {
  const left = (block: number) =>
    archive.readIn(part.id, block).filter((event) => !isGone(event));
  let writer: PartWriter | undefined;
  for (const block of blocks) {
    const events = left(block);
    if (events.length > 0) {
      writer ??= new PartWriter(folder, notePart(db, part.platform, part.month));
      writer.add(block, events);
    }
    yield;
  }
  writer?.finish();
  for (let group = 0; group < (writer?.groups ?? 0); group++) {
    writer?.verify(group, left);
    yield;
  }
  const sizes = writer?.publish();
  inTransaction(db, () => {
    if (writer && sizes) recordPart(db, writer, sizes);
    dropPart(db, part.id);
  });
  return part.events - (writer?.events ?? 0);
}

function blocksOf(db: Database, part: number): number[] {
  const rows = prepareArrays(
    db,
    "select block from archive_blocks where part = ? order by row_group, first_row",
  ).all(part) as unknown as [number][];
  return rows.map(([block]) => block);
}
