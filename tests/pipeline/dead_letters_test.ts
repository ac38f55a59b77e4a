/** Tests of `pipeline/dead_letters.ts`. */

import assert from "node:assert/strict";
import { encodeEvent, EventError } from "../../core/event.ts";
import { isPoison, type LetterOrigin } from "../../pipeline/dead_letters.ts";
import { makePrompt } from "../helpers/events.ts";
import { diskFullError } from "../helpers/faults.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const EVENTS: LetterOrigin = { stream: "telemetry:events", group: "processors" };
const CHANGES: LetterOrigin = { stream: "cdc:events", group: "metrics" };
const DAY_MS = 86_400_000;
const event = encodeEvent(makePrompt({ id: "p1" }));
const change = { id: "7", body: '{"block":3,"events":2}', attempts: 3 };

Deno.test("DeadLetters.add() keeps the entry with error, tries and time", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  parts.letters.add(CHANGES, change, new EventError("Cannot read an event: it is"));

  assert.deepEqual(parts.deadLetters(), [{
    id: 1,
    stream: "cdc:events",
    consumers: "metrics",
    entry: "7",
    error: "EventError",
    message: "Cannot read an event: it is",
    attempts: 3,
    dead_at: parts.clock.now(),
    body: change.body,
  }]);
});

Deno.test("DeadLetters.add() keeps letters over a restart, in their order", () => {
  using folder = tempDatabase();
  for (const origin of [EVENTS, CHANGES]) {
    using parts = openParts(folder.path);
    parts.letters.add(origin, change, "no error at all");
  }

  using parts = openParts(folder.path);
  const found = parts.deadLetters();

  assert.deepEqual(found.map(({ stream }) => stream), ["telemetry:events", "cdc:events"]);
  assert.deepEqual(found.map(({ error, message }) => [error, message]), [
    ["unknown", null],
    ["unknown", null],
  ]);
});

Deno.test("DeadLetters.add() keeps one letter, when the same entry is buried twice", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  for (const id of ["7", "8", "7"]) parts.letters.add(EVENTS, { ...change, id }, undefined);
  parts.letters.add(CHANGES, change, undefined);

  assert.deepEqual(parts.deadLetters().map(({ stream, entry }) => `${stream} ${entry}`), [
    "telemetry:events 7",
    "telemetry:events 8",
    "cdc:events 7",
  ]);
});

for (const origin of [EVENTS, CHANGES]) {
  Deno.test(`DeadLetters.add() drops an entry of ${origin.stream} that is none`, () => {
    using folder = tempDatabase();
    using parts = openParts(folder.path);
    const body = '{"note":"a secret of two words"}';

    // The parser of JSON quotes what it could not read.
    const error = Object.assign(new SyntaxError(), { message: `bad: ${body}` });
    parts.letters.add(origin, { ...change, body }, error);

    const [letter] = parts.deadLetters();
    assert.deepEqual([letter?.body, letter?.error, letter?.message], [null, "SyntaxError", null]);
  });
}

Deno.test("DeadLetters.add() names the code of an error that has no class of its own", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const fields = { message: "it quotes a secret", code: "ERR_SQLITE_ERROR" };
  const error = Object.assign(new Error(), fields);

  parts.letters.add(CHANGES, change, error);

  const [letter] = parts.deadLetters();
  assert.deepEqual([letter?.error, letter?.message], ["ERR_SQLITE_ERROR", null]);
});

Deno.test("DeadLetters.failAgain() counts one more try, and keeps the letter longer", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  parts.letters.add(CHANGES, change, undefined);
  parts.clock.advance(DAY_MS);

  const [letter] = parts.letters.next({ all: true }, 0, 9, 9);
  parts.letters.failAgain(letter!, new RangeError("Cannot fold a block: it is"));

  const [failed] = parts.deadLetters();
  assert.deepEqual(
    [failed?.id, failed?.attempts, failed?.error, failed?.message, failed?.dead_at],
    [1, 4, "RangeError", "Cannot fold a block: it is", parts.clock.now()],
  );
});

Deno.test("DeadLetters.next() gives those that were chosen, a few at a time", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (let id = 1; id <= 5; id++) {
    parts.letters.add(EVENTS, { id: `${id}`, body: event, attempts: 3 }, undefined);
  }
  const ids = (...rest: Parameters<typeof parts.letters.next>) =>
    parts.letters.next(...rest).map(({ id }) => id);

  assert.equal(parts.letters.lastId(), 5);
  assert.deepEqual(ids({ all: true }, 0, 5, 2), [1, 2]);
  assert.deepEqual(ids({ all: true }, 2, 4, 9), [3, 4]);
  assert.deepEqual(ids({ ids: [5, 2, 99, 2] }, 0, 5, 9), [2, 5]);
  assert.deepEqual(ids({ ids: [] }, 0, 5, 9), []);
  assert.deepEqual(parts.letters.next({ ids: [1] }, 0, 5, 9).map((row) => ({ ...row })), [
    { id: 1, ...EVENTS, body: event },
  ]);
});

Deno.test("DeadLetters.drop() removes those that were chosen, and says how many", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const id of ["1", "2", "3"]) parts.letters.add(EVENTS, { ...change, id }, undefined);

  const dropped = [parts.letters.drop({ ids: [] }), parts.letters.drop({ ids: [2, 2, 99] })];

  assert.deepEqual(dropped, [0, 1]);
  assert.deepEqual(parts.deadLetters().map(({ id }) => id), [1, 3]);
  assert.equal(parts.letters.drop({ all: true }), 2);
});

Deno.test("DeadLetters.add() never gives the id of a letter that is gone", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  parts.letters.add(EVENTS, change, undefined);
  parts.letters.drop({ all: true });

  parts.letters.add(EVENTS, { ...change, id: "8" }, undefined);

  assert.deepEqual(parts.deadLetters().map(({ id }) => id), [2]);
});

Deno.test("DeadLetters.expire() keeps a block that no report counts, however old it is", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  parts.letters.add({ stream: "cdc:events", group: "metrics" }, change, undefined);
  parts.clock.advance(400 * DAY_MS);

  parts.letters.expire();

  assert.deepEqual(parts.deadLetters().map(({ entry }) => entry), [change.id]);
});

Deno.test("DeadLetters.expire() removes events that failed more than seven days ago", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  parts.letters.add(EVENTS, change, undefined);
  parts.clock.advance(1);
  parts.letters.add(EVENTS, { ...change, id: "8" }, undefined);
  parts.clock.advance(7 * DAY_MS);

  parts.letters.expire();

  assert.deepEqual(parts.deadLetters().map(({ entry }) => entry), ["8"]);
});

Deno.test("isPoison() tells what an entry is to blame for from a disk that is full", () => {
  const broken = Object.assign(new Error(), { code: "Z_DATA_ERROR" });
  const refused = Object.assign(new Error(), { errcode: 19 });
  const poison = [new EventError(), new RangeError(), new SyntaxError(), broken, refused];

  assert.ok(poison.every(isPoison));
  assert.ok(![diskFullError(), new TypeError(), "text", undefined].some(isPoison));
});
