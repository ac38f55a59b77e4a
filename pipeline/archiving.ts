/**
 * Archives beside all other work of a pipeline: when somebody asks for it, and once a day.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import { madeWith, noteMadeWith } from "../core/made_with.ts";
import { monthOf } from "./archive_parts.ts";
import { type Archived, Archiver, forgetMonths } from "./archiver.ts";
import type { PipelinePort } from "./pipeline.ts";

/** What is to be archived. */
export type ArchiveChoice =
  /** Events earlier than this, in milliseconds since 1970 UTC. */
  | { readonly before: number }
  /** What is too old, if nothing was looked for today. */
  | Retention;

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

const DAY_MS = 86_400_000;
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
  const now = clock.now();
  const last = await whenFree(() => Number(madeWith(db, "archived") ?? -Infinity));
  if (now - last < DAY_MS) return undefined;
  await whenFree(() => noteMadeWith(db, "archived", String(now)));
  const { rawDays, archiveDays } = choice;
  if (archiveDays > 0) {
    const month = monthOf(monthsOver(now - archiveDays * DAY_MS));
    await whenFree(() => forgetMonths(db, archive, month));
  }
  if (rawDays === 0) return undefined;
  return await archiveBefore(parts, monthsOver(now - rawDays * DAY_MS));
}

async function archiveBefore(
  { db, archive, whenFree, giveWay }: ArchivingParts,
  before: number,
): Promise<Archived> {
  const run = new Archiver({ db, folder: archive }).run(before);
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
