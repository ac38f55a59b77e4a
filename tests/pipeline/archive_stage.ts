/** A database with events of several months, and what is to be known of its archive. */

import { type Database } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { Archive } from "../../pipeline/archive.ts";
import { archiveBeside } from "../../pipeline/archive_parts.ts";
import { type Archived, type ArchiveProgress, Archiver } from "../../pipeline/archiver.ts";
import { readStoredEvents } from "../../pipeline/stored_events.ts";
import { makePrompt, makeResponse } from "../helpers/events.ts";
import type { Parts } from "./open_parts.ts";

/** The first moment of March 2026 in UTC. */
export const MARCH = Date.UTC(2026, 2, 1);
const DAY_MS = 86_400_000;

/** Fills it with blocks: one around the turn of a month, some before, some long after. */
export async function fillMonths(parts: Parts): Promise<readonly string[]> {
  const events: TelemetryEvent[] = [];
  const add = async (at: number, session: string, count: number) => {
    const batch = Array.from(
      { length: count },
      (_, i) =>
        i % 2 === 0
          ? makePrompt({ id: `${session}-p${i}`, session, at: at + i * 1000, project: "aa" })
          : makeResponse({ id: `${session}-m${i}`, session, output: i, at: at + i * 1000 }),
    );
    events.push(...batch);
    await parts.events.publish(batch.map(encodeEvent));
    await parts.fastPath.runBatch();
  };
  await add(MARCH - 5 * DAY_MS, "early", 20);
  await add(MARCH - 5000, "turn", 10);
  await add(MARCH + 3 * DAY_MS, "march", 20);
  await add(MARCH + 100 * DAY_MS, "late", 6);
  await parts.runToEnd();
  return events.map(encodeEvent).sort();
}

/** The folder of the archive of these parts' database. */
export function folderOf(path: string): string {
  return archiveBeside(path);
}

/** Archives, to the end or for some steps alone. @returns what it gave, if it ended */
export function archive(
  db: Database,
  path: string,
  before = MARCH + 50 * DAY_MS,
  steps = Infinity,
): Archived | undefined {
  const run = new Archiver({ db, folder: folderOf(path) }).run(before);
  for (let step = 0; step < steps; step++) {
    const next: IteratorResult<ArchiveProgress, Archived> = run.next();
    if (next.done) return next.value;
  }
  return undefined;
}

/** Every stored event once, wherever it is. */
export function allEvents(db: Database, path: string): string[] {
  const choice = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };
  return [...readStoredEvents(db, choice, new Archive(db, folderOf(path)))].map(encodeEvent)
    .sort();
}
