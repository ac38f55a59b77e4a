/** Tests of `core/reports/dead_letters_report.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { encodeEvent } from "../../../core/event.ts";
import {
  countDeadLetters,
  lastDeadLetter,
  reportDeadLetter,
  reportDeadLetters,
  unknownLetter,
} from "../../../core/reports/dead_letters_report.ts";
import { DeadLetters } from "../../../pipeline/dead_letters.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";

const EVENTS = { stream: "telemetry:events", group: "processors" } as const;
const CHANGES = { stream: "cdc:events", group: "metrics" } as const;
const event = makePrompt({ id: "p1", platform: "emacs", session: "s1", at: NOON });

/** Buries an event, text that is none, and an announcement, a second after each other. */
function bury(home: FilledHome): void {
  using db = openWriter(home.path);
  const letters = new DeadLetters(db, home.clock);
  const unregistered = new RangeError("Cannot store an event: its platform is not registered");
  letters.add(EVENTS, { id: "1", body: encodeEvent(event), attempts: 3 }, unregistered);
  home.clock.advance(1000);
  letters.add(EVENTS, { id: "2", body: "two words", attempts: 7 }, new SyntaxError());
  home.clock.advance(1000);
  letters.add(CHANGES, { id: "3", body: '{"block":3,"events":2}', attempts: 3 }, undefined);
}

Deno.test("reportDeadLetters() tells of letters, the latest first", async () => {
  await using home = await filledHome([]);
  bury(home);

  const { schema, letters, total } = reportDeadLetters(home.db);

  assert.deepEqual([schema, total], ["blueplane.dlq/1", 3]);
  assert.deepEqual(letters.map(({ id }) => id), [3, 2, 1]);
  assert.deepEqual(letters[2], {
    id: 1,
    stream: "telemetry:events",
    group: "processors",
    error: "RangeError",
    message: "Cannot store an event: its platform is not registered",
    attempts: 3,
    dead_at: "2026-03-01T13:00:00.000Z",
    expires_at: "2026-03-08T13:00:00.000Z",
    replayable: true,
    platform: "emacs",
    session_id: "s1",
    event_type: "user_prompt",
    timestamp: "2026-03-01T12:00:00.000Z",
  });
  assert.deepEqual([letters[1]!.replayable, letters[1]!.message, letters[1]!.platform], [
    false,
    null,
    null,
  ]);
});

Deno.test("reportDeadLetters() gives a part, and the total of all", async () => {
  await using home = await filledHome([]);
  bury(home);
  const ids = (limit: number, offset: number) =>
    reportDeadLetters(home.db, { limit, offset }).letters.map(({ id }) => id);

  assert.deepEqual([ids(2, 0), ids(2, 2), ids(0, 1), ids(5, 9)], [[3, 2], [1], [2, 1], []]);
  assert.equal(reportDeadLetters(home.db, { limit: 1 }).total, 3);
});

Deno.test("reportDeadLetters() is empty, when nothing failed", async () => {
  await using home = await filledHome();

  assert.deepEqual(reportDeadLetters(home.db), {
    schema: "blueplane.dlq/1",
    letters: [],
    total: 0,
  });
});

Deno.test("reportDeadLetter() shows the event or announcement that was kept", async () => {
  await using home = await filledHome([]);
  bury(home);

  const [first, second, third] = [1, 2, 3].map((id) => reportDeadLetter(home.db, id)!);

  assert.deepEqual(first!.event, JSON.parse(encodeEvent(event)));
  assert.deepEqual([first!.announcement, second!.event, second!.announcement], [
    null,
    null,
    null,
  ]);
  assert.deepEqual(third!.announcement, { block: 3, events: 2 });
  assert.deepEqual(first!.letter, reportDeadLetters(home.db).letters[2]);
  assert.equal(reportDeadLetter(home.db, 4), undefined);
});

Deno.test("reportDeadLetter() shows nothing that may not be kept, whoever wrote it", async () => {
  await using home = await filledHome([]);
  bury(home);
  {
    using db = openWriter(home.path);
    db.exec(`update dead_letters set body = '{"note":"a secret of mine"}'`);
  }

  const reports = [reportDeadLetters(home.db), reportDeadLetter(home.db, 1)];

  assert.ok(!JSON.stringify(reports).includes("secret"));
  assert.deepEqual(reportDeadLetter(home.db, 1)!.letter.replayable, false);
});

Deno.test("countDeadLetters() counts those after an id alone, when one is given", async () => {
  await using home = await filledHome([]);
  assert.equal(lastDeadLetter(home.db), 0);
  bury(home);
  const last = lastDeadLetter(home.db);
  const after = [0, last - 1, last].map((id) => countDeadLetters(home.db, id));
  assert.deepEqual(after, [3, 1, 0]);
});

Deno.test("countDeadLetters() counts them all", async () => {
  await using home = await filledHome([]);
  const before = countDeadLetters(home.db);
  bury(home);

  assert.deepEqual([before, countDeadLetters(home.db)], [0, 3]);
});

Deno.test("unknownLetter() names the first id that no letter has", async () => {
  await using home = await filledHome([]);
  bury(home);
  const of = (...ids: number[]) => unknownLetter(home.db, ids);

  assert.deepEqual([of(), of(1, 3), of(2, 9, 8)], [undefined, undefined, 9]);
});
