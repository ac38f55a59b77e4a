/** Tests of `pipeline/replay.ts`; its fault sweep stands in `replay_faults_test.ts`. */

import assert from "node:assert/strict";
import type { LetterChoice } from "../../core/dead_letters.ts";
import { encodeEvent } from "../../core/event.ts";
import { Replay } from "../../pipeline/replay.ts";
import { encodeChange } from "../../pipeline/slow_path.ts";
import { makePrompt, promptTexts } from "../helpers/events.ts";
import { failStatements } from "../helpers/faults.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const EVENTS = { stream: "telemetry:events", group: "processors" } as const;
const CHANGES = { stream: "cdc:events", group: "metrics" } as const;
const UNREGISTERED = encodeEvent(makePrompt({ id: "x", platform: "emacs" }));

Deno.test("Replay.step() stores events a hundred at a time, in few blocks", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  bury(parts, promptTexts(250));
  const replay = open(parts);
  const stored: number[] = [];

  while (replay.step()) stored.push(replay.result.stored);

  assert.deepEqual(stored, [100, 200, 250]);
  assert.equal(parts.storedIds().length, 250);
  assert.equal(parts.count("trace_blocks"), 3);
  assert.deepEqual(parts.deadLetters(), []);
});

Deno.test("Replay.step() keeps as a letter what fails again, and stores all others", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const texts = promptTexts(9);
  texts[4] = texts[7] = UNREGISTERED;
  bury(parts, texts);

  const replay = runToEnd(open(parts));

  assert.deepEqual(replay.result, { stored: 7, came_back: [5, 8], not_kept: [] });
  assert.equal(parts.storedIds().length, 7);
  assert.deepEqual(
    parts.deadLetters().map(({ id, message, attempts }) => [id, message, attempts]),
    [
      [5, "Cannot store an event: its platform is not registered", 4],
      [8, "Cannot store an event: its platform is not registered", 4],
    ],
  );
});

Deno.test("Replay.step() folds an announced block for the group that failed", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(3));
  await parts.fastPath.runBatch();
  await parts.changes.ack((await parts.changes.take(1)).map(({ id }) => id));
  for (const group of ["metrics", "elsewhere"]) {
    parts.letters.add({ ...CHANGES, group }, change(), undefined);
  }

  const replay = runToEnd(open(parts));

  assert.deepEqual(replay.result, { stored: 1, came_back: [2], not_kept: [] });
  assert.equal(parts.count("inputs"), 3);
  assert.equal(parts.count("applied_batches"), 0);
});

Deno.test("Replay.step() touches the chosen letters alone", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  bury(parts, promptTexts(5));

  const replay = runToEnd(open(parts, { ids: [2, 4, 77] }));

  assert.equal(replay.result.stored, 2);
  assert.deepEqual(parts.storedIds(), ["p1", "p3"]);
  assert.deepEqual(parts.deadLetters().map(({ id }) => id), [1, 3, 5]);
});

Deno.test("Replay.step() names letters whose entry was not kept, and leaves them", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  bury(parts, ["two words", ...promptTexts(1)]);

  const replay = runToEnd(open(parts));

  assert.deepEqual(replay.result, { stored: 1, came_back: [], not_kept: [1] });
  assert.deepEqual(parts.deadLetters().map(({ id, attempts }) => [id, attempts]), [[1, 3]]);
});

Deno.test("Replay.step() passes over letters that came after it began", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  bury(parts, promptTexts(1));
  const replay = open(parts);
  bury(parts, promptTexts(2, 1));

  runToEnd(replay);

  assert.deepEqual(parts.storedIds(), ["p0"]);
});

Deno.test("Replay.step() counts an event once, when it was stored already", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(1));
  await parts.runToEnd();
  bury(parts, promptTexts(1));

  const replay = runToEnd(open(parts));
  await parts.runToEnd();

  assert.equal(replay.result.stored, 1);
  assert.equal(parts.count("inputs"), 1);
});

Deno.test("Replay.step() throws and keeps every letter, when the disk is full", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  bury(parts, promptTexts(3));
  {
    using _full = failStatements("insert into trace_blocks");
    assert.throws(() => open(parts).step(), /full/);
  }

  assert.deepEqual(parts.deadLetters().map(({ attempts }) => attempts), [3, 3, 3]);
  assert.equal(runToEnd(open(parts)).result.stored, 3);
});

function change() {
  return { id: "1", body: encodeChange(1, 3), attempts: 3 };
}

/** Makes letters of entries. */
function bury(parts: Parts, bodies: readonly string[]): void {
  const first = parts.count("dead_letters");
  bodies.forEach((body, i) =>
    parts.letters.add(EVENTS, { id: `${first + i}`, body, attempts: 3 }, undefined)
  );
}

function open(parts: Parts, choice: LetterChoice = { all: true }): Replay {
  return new Replay({
    db: parts.db,
    letters: parts.letters,
    store: (bodies) => parts.fastPath.store(bodies),
    fold: (group, body) => {
      if (group !== "metrics") throw new RangeError("Cannot fold a block: no such group");
      parts.slowPath.fold(body);
    },
    forget: () => parts.traces.forget(),
  }, choice);
}

function runToEnd(replay: Replay): Replay {
  while (replay.step());
  return replay;
}
