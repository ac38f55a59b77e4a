/** Tests of what may be purged. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { isChosen, readPurgeChoice, readPurgeProgress, requirePast } from "../../core/purge.ts";
import { makePrompt, NOON } from "../helpers/events.ts";

Deno.test("readPurgeChoice() takes what is a choice, and nothing else", () => {
  const whole = { platform: "cursor", session: "a-1", before: NOON, dry_run: true };
  deepEqual(readPurgeChoice(whole), whole);
  deepEqual(readPurgeChoice({ all: true }), { all: true });
  for (
    const wrong of [
      null,
      [],
      "all",
      { all: false },
      { all: 1 },
      { platform: 1 },
      { platform: "a b" },
      { session: "a/b" },
      { session: 1 },
      { before: 1.5 },
      { before: null },
      { all: true, dry_run: 1 },
      { all: true, more: true },
    ]
  ) {
    equal(readPurgeChoice(wrong), undefined, JSON.stringify(wrong));
  }
});

Deno.test("readPurgeChoice() takes nothing for all but what says so, and nothing else", () => {
  for (const wrong of [{}, { dry_run: false }, { all: true, before: NOON }]) {
    equal(readPurgeChoice(wrong), undefined, JSON.stringify(wrong));
  }
});

Deno.test("readPurgeChoice() reads a time as a person writes it, or refuses it", () => {
  const at = "2026-01-01T12:30:00.000Z";
  deepEqual(readPurgeChoice({ before: at }), { before: Date.parse(at) });
  equal(readPurgeChoice({ before: "soon" }), undefined);
});

Deno.test("isChosen() holds when all holds that the choice says", () => {
  const event = makePrompt({ id: "p", session: "s1", platform: "cursor", at: NOON });
  const answers = [
    {},
    { session: "s1" },
    { session: "s2" },
    { platform: "cursor", before: NOON + 1 },
    { platform: "cursor", before: NOON },
    { platform: "claude_code" },
  ].map((choice) => isChosen(choice, event));
  deepEqual(answers, [true, true, false, true, false, false]);
});

Deno.test("readPurgeProgress() tells how many are gone, while one is under way", () => {
  using db = openWriter(":memory:");
  equal(readPurgeProgress(db), undefined);
  db.exec("insert into purges (id, events, events_done) values (1, 100, 40)");
  deepEqual(readPurgeProgress(db), { done: 40, total: 100 });
});

Deno.test("requirePast() refuses a moment that is still to come, and no other", () => {
  for (const before of [undefined, NOON - 1, NOON]) requirePast({ before }, NOON);
  throws(() => requirePast({ before: NOON + 1 }, NOON), RangeError);
});
