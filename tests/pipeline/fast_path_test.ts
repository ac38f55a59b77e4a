/** Tests of `pipeline/fast_path.ts`; its fault sweep stands in `fast_path_faults_test.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeEvent, EventError } from "../../core/event.ts";
import { makePrompt, promptTexts, realisticEvents } from "../helpers/events.ts";
import { diskFullError } from "../helpers/faults.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

Deno.test("FastPath.runBatch() stores, announces, acknowledges by hundreds", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(250));
  const taken: number[] = [], depths: number[] = [];

  for (let i = 0; i < 4; i++) {
    taken.push(await parts.fastPath.runBatch());
    depths.push(await parts.events.depth());
  }

  assert.deepEqual(taken, [100, 100, 50, 0]);
  assert.deepEqual(depths, [150, 50, 0, 0]);
  assert.equal(parts.storedIds().length, 250);
  const changes = [...await parts.changes.take(2), ...await parts.changes.take(2)];
  assert.deepEqual(changes.map(({ body }) => JSON.parse(body).events), [100, 100, 50]);
});

Deno.test("FastPath.runBatch() announces nothing, when all events are known", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(5));
  await parts.runToEnd();

  await parts.events.publish(promptTexts(5));
  await parts.fastPath.runBatch();

  assert.equal(await parts.changes.depth(), 0);
  assert.equal(await parts.events.depth(), 0);
  assert.equal(parts.storedIds().length, 5);
});

Deno.test("FastPath.runBatch() stores all but the poison at once, wherever it is", async () => {
  const places = fc.uniqueArray(fc.nat({ max: 99 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(places, async (places) => {
      using folder = tempDatabase();
      using parts = openParts(folder.path);
      const texts = promptTexts(100);
      for (const place of places) texts[place] = texts[place]!.replace("user_prompt", "unheard");
      await parts.events.publish(texts);

      await parts.fastPath.runBatch();

      assert.equal(parts.storedIds().length, 100 - places.length);
      assert.equal(await parts.events.depth(), places.length);
      await parts.runToEnd();
      const letters = parts.deadLetters();
      assert.equal(letters.length, texts.filter(isPoison).length);
      assert.ok(letters.every(({ body }) => body === null));
    }),
    fcRuns(20),
  );
});

Deno.test("FastPath.runBatch() gives a poison event three tries, each later", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(["no JSON", ...promptTexts(3)]);
  const taken: number[] = [];

  for (const waitMs of [0, 999, 1, 1999, 1, 60_000]) {
    parts.clock.advance(waitMs);
    taken.push(await parts.fastPath.runBatch());
  }

  assert.deepEqual(taken, [4, 0, 1, 0, 1, 0]);
  const [letter, ...others] = parts.deadLetters();
  assert.deepEqual(others, []);
  assert.deepEqual(letter, {
    id: 1,
    stream: "telemetry:events",
    consumers: "processors",
    entry: "1",
    error: "EventError",
    message: "Cannot read an event: it is no JSON",
    attempts: 3,
    dead_at: parts.clock.now() - 60_000,
    body: null,
  });
});

Deno.test("FastPath.runBatch() sends every kind of poison to the dead letters", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const good = encodeEvent(makePrompt({ id: "good" }));
  const poison = [
    "",
    "[]",
    good.replace("user_prompt", "unheard"),
    good.replace("claude_code", "unknown"),
    good.replace('"words":3', '"words":"a few words"'),
    good.replace("2026-", "never-"),
  ];
  await parts.events.publish([good, ...poison]);

  await parts.runToEnd();

  assert.deepEqual(parts.storedIds(), ["good"]);
  const letters = parts.deadLetters();
  assert.equal(letters.length, poison.length);
  assert.ok(letters.every(({ message }) => message?.startsWith("Cannot ")));
});

Deno.test("FastPath.runBatch() acknowledges nothing, when the disk is full", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(realisticEvents(250, 1).map(encodeEvent));

  const pages = limitPages(parts);
  await assert.rejects(() => parts.fastPath.runBatch(), /full/);

  assert.equal(await parts.events.depth(), 250);
  assert.deepEqual(parts.storedIds(), []);
  assert.equal(await parts.changes.depth(), 0);
  pages.free();
  await parts.runToEnd();
  assert.equal(parts.storedIds().length, 250);
  assert.deepEqual(parts.deadLetters(), []);
});

Deno.test("FastPath.runBatch() counts no attempt, while the disk stays full", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const good = realisticEvents(250, 1).map(encodeEvent);
  await parts.events.publish(["no event", ...good]);

  const pages = limitPages(parts);
  for (let i = 0; i < 10; i++) {
    await assert.rejects(() => parts.fastPath.runBatch(), /full/);
    parts.events.releaseAll();
  }
  pages.free();
  await parts.runToEnd();

  assert.equal(parts.storedIds().length, 250);
  const letters = parts.deadLetters();
  assert.deepEqual(letters.map(({ entry, attempts }) => [entry, attempts]), [["1", 3]]);
});

Deno.test("FastPath.runBatch() counts no attempt, when that was told a round later", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(3));
  const { giveBack } = parts.events, ack = parts.events.ack.bind(parts.events);
  const fail = () => {
    throw diskFullError();
  };

  for (let i = 0; i < 10; i++) {
    Object.assign(parts.events, { ack: fail, giveBack: i % 2 === 0 ? fail : giveBack });
    await assert.rejects(() => parts.fastPath.runBatch(), /full/);
    parts.events.releaseAll();
  }
  Object.assign(parts.events, { ack, giveBack });
  await parts.runToEnd();

  assert.deepEqual(parts.deadLetters(), []);
  assert.equal(parts.storedIds().length, 3);
});

Deno.test("FastPath.runBatch() handles one by one what was handed out too often", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(4));
  await dieAfterTaking(parts, 3);

  await parts.fastPath.runBatch();

  assert.equal(parts.count("trace_blocks"), 4);
  assert.equal(await parts.events.depth(), 0);
  assert.deepEqual(parts.deadLetters(), []);
});

Deno.test("FastPath.runBatch() buries what stops the process, and nothing with it", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish(promptTexts(4));
  await dieAfterTaking(parts, 6);

  await parts.fastPath.runBatch();

  const letters = parts.deadLetters();
  assert.deepEqual(letters.map(({ message }) => message), [
    "Cannot store an event: it stops the process",
  ]);
  assert.deepEqual(parts.storedIds(), ["p1", "p2", "p3"]);
  assert.equal(await parts.events.depth(), 0);
});

Deno.test("FastPath.runBatch() buries once, when it dies before the acknowledgement", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.events.publish([encodeEvent(makePrompt({ id: "a", platform: "emacs" }))]);
  const ack = parts.events.ack.bind(parts.events);
  parts.events.ack = async () => {
    throw diskFullError();
  };
  for (let i = 0; i < 5; i++) {
    await Promise.allSettled([parts.fastPath.runBatch()]);
    parts.events.releaseAll();
    parts.clock.advance(60_000);
  }

  parts.events.ack = ack;
  await parts.runToEnd();

  assert.deepEqual(parts.deadLetters().map(({ entry }) => entry), ["1"]);
});

Deno.test("FastPath.store() stores and announces all events, or none", () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const texts = promptTexts(3);

  assert.throws(() => parts.fastPath.store([...texts, "no event"]), EventError);
  const before = parts.storedIds();
  parts.fastPath.store(texts);

  assert.deepEqual(before, []);
  assert.deepEqual(parts.storedIds(), ["p0", "p1", "p2"]);
  assert.equal(parts.count("stream_entries"), 1);
});

function isPoison(text: string): boolean {
  return text.includes("unheard");
}

/** What a process leaves that dies each time it handles the first entry of the batch. */
async function dieAfterTaking(parts: Parts, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await parts.events.take(100);
    parts.events.releaseAll();
  }
}

/** Lets the file grow no more, as a full disk does; the queue's small rows still find room. */
function limitPages(parts: Parts): { free: () => void } {
  const { page_count } = parts.db.prepare("pragma page_count").get() as { page_count: number };
  const set = (pages: number) => parts.db.prepare(`pragma max_page_count = ${pages}`).get();
  set(page_count);
  return { free: () => set(2 ** 30) };
}
