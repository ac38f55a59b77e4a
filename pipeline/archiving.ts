/**
 * Archives beside all other work of a pipeline: when somebody asks for it, and once a day, by a
 * server or by whoever reads where there is none.
 *
 * @module
 */

import { isArchiveDue, noteArchiveLook } from "../core/archive_due.ts";
import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import { monthOf } from "./archive_parts.ts";
import type { Archived } from "./archiver.ts";
import type { PipelinePort } from "./pipeline.ts";

/** What is to be archived. */
export type ArchiveChoice =
  /** Events earlier than this, in milliseconds since 1970 UTC. */
  | { readonly before: number }
  /** What is too old, if nothing was looked for today. */
  | Retention & {
    /**
     * Begins no further step after so many milliseconds, but goes on another time. Whoever reads
     * for the first time waits for nothing: the first look is a day later.
     */
    readonly withinMs?: number;
  };

/** After how many days months that are over are too old; 0 for never. */
export interface Retention {
  /** To be in the database. */
  readonly rawDays: number;
  /** To be in the archive. */
  readonly archiveDays: number;
}

/** What archiving needs of its pipeline. */
export interface ArchivingParts {
  readonly db: Database;
  readonly clock: Clock;
  /** The folder of the archive. */
  readonly archive: string;
  /** Runs `act` when no transaction is open. */
  readonly whenFree: <T>(act: () => T) => Promise<T>;
  /** Lets what waits in the queues go before. */
  readonly giveWay: () => Promise<void>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOOK_EVERY_MS = 600_000;

/**
 * Archives step by step.
 *
 * @returns undefined when nothing was to be done today
 */
export async function archiveInSteps(
  parts: ArchivingParts,
  choice: ArchiveChoice,
): Promise<Archived | undefined> {
  if ("before" in choice) return await archiveBefore(parts, choice.before);
  const { db, clock, archive, whenFree } = parts;
  const { rawDays, archiveDays, withinMs } = choice;
  const now = clock.now();
  const isDue = await whenFree(() => {
    const isDue = isArchiveDue(db, now);
    if (isDue !== false) noteArchiveLook(db, now);
    return isDue ?? withinMs === undefined;
  });
  if (!isDue) return undefined;
  if (archiveDays > 0) {
    const { forgetMonths } = await import("./archiver.ts");
    const month = monthOf(monthsOver(now - archiveDays * DAY_MS));
    await whenFree(() => forgetMonths(db, archive, month));
  }
  if (rawDays === 0) return undefined;
  const isLate = withinMs === undefined ? undefined : () => clock.now() - now > withinMs;
  const done = await archiveBefore(parts, monthsOver(now - rawDays * DAY_MS), isLate);
  // The rest is looked for again in an hour.
  if (!done.isWhole) await whenFree(() => noteArchiveLook(db, now, HOUR_MS));
  return done;
}

async function archiveBefore(
  { db, archive, whenFree, giveWay }: ArchivingParts,
  before: number,
  isLate?: () => boolean,
): Promise<Archived> {
  // Who only stores and derives needs no writer of Parquet, which is much code.
  const { Archiver } = await import("./archiver.ts");
  const run = new Archiver({ db, folder: archive }).run(before, isLate);
  for (;;) {
    const step = await whenFree(() => run.next());
    if (step.done) return step.value;
    await giveWay();
  }
}

/**
 * Archives once a day, when the work of its start is done, until it is stopped.
 *
 * @param onTrouble is told why it could not; it is tried again
 */
export async function archiveDaily(
  pipeline: Pick<PipelinePort, "command" | "drain">,
  retention: Retention,
  { clock, signal, onTrouble }: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onTrouble: (error: unknown) => void;
  },
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal);
    if (signal.aborted) return;
    try {
      await pipeline.drain();
      await pipeline.command("archive", retention);
    } catch (error) {
      // Whoever is closed has no trouble.
      if (!signal.aborted) onTrouble(error);
    }
  }
}

/** The first moment of a month in UTC: a file for each day would be a file for next to nothing. */
function monthsOver(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
