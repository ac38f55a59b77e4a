/** Tests of how far back each tier of sums goes. */

import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { keptFrom, keptTiers, noteTiers } from "../../core/tiers.ts";
import { NOON } from "../helpers/events.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const USUAL = { minuteDays: 1, fiveMinuteDays: 7 };

function writer(hasSession = true): Database {
  const db = openWriter(":memory:");
  db.exec("pragma foreign_keys = off");
  if (hasSession) db.exec("insert into sessions (session_id, platform) values ('one', 1)");
  return db;
}

/** How long ago each tier begins; Infinity for one that is kept for good. */
function ages(db: Database, now: number): number[] {
  return keptTiers(db).map((tier) => now - keptFrom(tier, now));
}

Deno.test("keptTiers() are those of the default, when nothing was noted", () => {
  using db = writer();
  const before = [Infinity, 25 * HOUR_MS, 8 * DAY_MS, Infinity];
  deepEqual(ages(db, NOON), before);

  noteTiers(db, USUAL, NOON);

  deepEqual(ages(db, NOON), before);
  equal(db.prepare("select count(*) as n from made_with where name = 'tiers'").get()?.n, 0);
});

Deno.test("noteTiers() lengthens a tier from where it begins, not further back", () => {
  using db = writer();

  noteTiers(db, { ...USUAL, minuteDays: 30 }, NOON);

  deepEqual(ages(db, NOON).slice(1, 3), [25 * HOUR_MS, 8 * DAY_MS]);
  const later = NOON + 10 * DAY_MS;
  deepEqual(ages(db, later).slice(1, 3), [10 * DAY_MS + 25 * HOUR_MS, 8 * DAY_MS]);
  deepEqual(ages(db, NOON + 99 * DAY_MS)[1], 30 * DAY_MS + HOUR_MS);
});

Deno.test("noteTiers() shortens a tier at once, and forgets where it began before", () => {
  using db = writer();
  noteTiers(db, { minuteDays: 30, fiveMinuteDays: 60 }, NOON - 90 * DAY_MS);

  noteTiers(db, { minuteDays: 2, fiveMinuteDays: 60 }, NOON);
  deepEqual(ages(db, NOON).slice(1, 3), [2 * DAY_MS + HOUR_MS, 61 * DAY_MS]);
  noteTiers(db, { minuteDays: 30, fiveMinuteDays: 60 }, NOON + HOUR_MS);

  deepEqual(ages(db, NOON + HOUR_MS)[1], 2 * DAY_MS + HOUR_MS);
});

Deno.test("noteTiers() has all of a tier, when there is nothing yet", () => {
  using db = writer(false);

  noteTiers(db, { minuteDays: 30, fiveMinuteDays: 60 }, NOON);

  deepEqual(ages(db, NOON).slice(1, 3), [30 * DAY_MS + HOUR_MS, 61 * DAY_MS]);
});
