/** Tests of when old events are looked for. */

import { equal } from "node:assert/strict";
import { isArchiveDue, noteArchiveLook } from "../../core/archive_due.ts";
import { openWriter } from "../../core/open_writer.ts";
import { NOON } from "../helpers/events.ts";

const HOUR_MS = 3_600_000;

Deno.test("isArchiveDue() is unknown first, and true a day after the last look", () => {
  using db = openWriter(":memory:");
  equal(isArchiveDue(db, NOON), undefined);

  noteArchiveLook(db, NOON);

  equal(isArchiveDue(db, NOON + 24 * HOUR_MS - 1), false);
  equal(isArchiveDue(db, NOON + 24 * HOUR_MS), true);
});

Deno.test("noteArchiveLook() has the rest looked for sooner", () => {
  using db = openWriter(":memory:");

  noteArchiveLook(db, NOON, HOUR_MS);

  equal(isArchiveDue(db, NOON + HOUR_MS - 1), false);
  equal(isArchiveDue(db, NOON + HOUR_MS), true);
});
