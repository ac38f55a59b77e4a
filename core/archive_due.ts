/**
 * When somebody is to look for events that are old enough for the archive.
 *
 * @module
 */

import type { Database } from "./database.ts";
import { madeWith, noteMadeWith } from "./made_with.ts";

const DAY_MS = 86_400_000;

/** Whether a day is over since the last look; undefined where nobody ever looked. */
export function isArchiveDue(db: Database, now: number): boolean | undefined {
  const at = madeWith(db, "archived");
  return at === undefined ? undefined : now - Number(at) >= DAY_MS;
}

/** Notes a look; the next is a day later, or in `nextMs`. */
export function noteArchiveLook(db: Database, now: number, nextMs = DAY_MS): void {
  noteMadeWith(db, "archived", String(now - DAY_MS + nextMs));
}
