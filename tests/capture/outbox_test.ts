/** Tests of `capture/outbox.ts`: batches in their order, and what becomes of a refused one. */

import assert from "node:assert/strict";
import { Outbox } from "../../capture/outbox.ts";
import type { Checkpoint } from "../../core/checkpoints.ts";
import type { Intake } from "../../core/intake.ts";

const full = new RangeError("Cannot store: the disk is full");

Deno.test("Outbox.flush() hands over events and positions together, in their order", async () => {
  const stage = makeStage();

  await stage.add("a", ["a1", "a2"]);
  await stage.add("b", ["b1"]);
  const before = stage.batches.length;
  await stage.outbox.flush();

  assert.equal(before, 0);
  assert.deepEqual(stage.batches, [{ events: ["a1", "a2", "b1"], positions: ["a", "b"] }]);
  assert.deepEqual(stage.fates, ["a accepted", "b accepted"]);
});

Deno.test("Outbox.flush() hands over the last position, when a file came twice", async () => {
  const stage = makeStage();

  await stage.outbox.add(["a1"], { ...checkpoint("a"), position: 1 }, noFate);
  await stage.outbox.add(["a2"], { ...checkpoint("a"), position: 2 }, noFate);
  await stage.outbox.flush();

  assert.deepEqual(stage.batches, [{ events: ["a1", "a2"], positions: ["a"] }]);
  assert.equal(stage.checkpoints[0]!.position, 2);
});

Deno.test("Outbox.flush() hands over nothing, when there is nothing", async () => {
  const stage = makeStage();

  await stage.outbox.flush();
  await stage.add("a", []);
  await stage.outbox.flush();
  await stage.outbox.flush();

  assert.deepEqual(stage.batches, [{ events: [], positions: ["a"] }]);
});

Deno.test("Outbox.flush() resolves not before what it handed over is durable", async () => {
  const stage = makeStage();
  const gate = Promise.withResolvers<void>();
  stage.onAccept = () => gate.promise;
  await stage.add("a", ["a1"]);

  const flush = stage.outbox.flush().then(() => "flushed");
  const first = await Promise.race([flush, nextTurn().then(() => "waiting")]);
  gate.resolve();

  assert.equal(first, "waiting");
  assert.equal(await flush, "flushed");
});

Deno.test("Outbox.add() hands over by itself, when there are many events or files", async () => {
  const stage = makeStage();

  await stage.add("a", Array.from({ length: 1000 }, (_, i) => `a${i}`));
  await nextTurn();
  const afterEvents = stage.batches.length;
  for (let i = 0; i < 200; i++) await stage.add(`f${i}`, []);
  await nextTurn();

  assert.deepEqual([afterEvents, stage.batches.length], [1, 2]);
});

Deno.test("Outbox.add() lets one batch and no more be under way", async () => {
  const stage = makeStage();
  const gate = Promise.withResolvers<void>();
  stage.onAccept = () => gate.promise;
  const many = Array.from({ length: 1000 }, (_, i) => `e${i}`);

  await stage.add("a", many);
  const second = stage.add("b", many).then(() => "added");
  const first = await Promise.race([second, nextTurn().then(() => "waiting")]);
  const batches = stage.batches.length;
  gate.resolve();

  assert.equal(first, "waiting");
  assert.equal(batches, 1);
  assert.equal(await second, "added");
  await stage.outbox.flush();
  assert.equal(stage.batches.length, 2);
});

Deno.test("Outbox.flush() throws and refuses the batch, when the intake throws", async () => {
  const stage = makeStage();
  stage.onAccept = () => Promise.reject(full);
  await stage.add("a", ["a1"]);

  await assert.rejects(stage.outbox.flush(), (error) => error === full);

  assert.deepEqual(stage.fates, ["a refused"]);
});

Deno.test("Outbox.flush() hands over what comes after a refused batch at once", async () => {
  const stage = makeStage();
  stage.onAccept = () => Promise.reject(full);
  await stage.add("a", ["a1"]);
  await assert.rejects(stage.outbox.flush());
  stage.onAccept = () => Promise.resolve();

  await stage.add("a", ["a1"]);
  await stage.outbox.flush();

  assert.deepEqual(stage.fates, ["a refused", "a accepted"]);
});

Deno.test("Outbox.flush() throws once for a refused batch, when nothing follows", async () => {
  const stage = makeStage();
  stage.onAccept = () => Promise.reject(full);
  await stage.add("a", ["a1"]);
  await assert.rejects(stage.outbox.flush());

  await stage.outbox.flush();

  assert.deepEqual(stage.fates, ["a refused"]);
});

Deno.test("Outbox.add() refuses what was read behind a refused batch, too", async () => {
  const stage = makeStage();
  stage.onAccept = () => Promise.reject(full);
  const many = Array.from({ length: 1000 }, (_, i) => `e${i}`);
  await stage.add("a", many);
  await nextTurn();
  stage.onAccept = () => Promise.resolve();

  await assert.rejects(stage.add("b", many), (error) => error === full);
  await stage.add("a", ["again"]);
  await stage.outbox.flush();

  assert.deepEqual(stage.fates, ["a refused", "b refused", "a accepted"]);
  assert.deepEqual(stage.batches.at(-1), { events: ["again"], positions: ["a"] });
});

const noFate = { onAccepted: () => {}, onRefused: () => {} };

function makeStage() {
  const batches: { events: readonly string[]; positions: string[] }[] = [];
  const checkpoints: Checkpoint[] = [];
  const fates: string[] = [];
  const intake: Intake = {
    accept(events, given) {
      batches.push({ events, positions: given.map(({ id }) => id) });
      checkpoints.push(...given);
      return stage.onAccept();
    },
  };
  const outbox = new Outbox(intake);
  const stage = {
    outbox,
    batches,
    checkpoints,
    fates,
    onAccept: () => Promise.resolve(),
    add: (id: string, events: readonly string[]) =>
      outbox.add(events, checkpoint(id), {
        onAccepted: ({ id }) => fates.push(`${id} accepted`),
        onRefused: () => fates.push(`${id} refused`),
      }),
  };
  return stage;
}

function checkpoint(id: string): Checkpoint {
  return {
    id,
    platform: "plain",
    sessionId: null,
    fileId: "",
    head: "",
    position: 0,
    size: 0,
    modifiedAt: 0,
    lines: 0,
    linesMalformed: 0,
    linesUnknown: 0,
    state: "{}",
    drift: "{}",
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("Outbox.clear() forgets what was not handed over, after what is under way", async () => {
  const fates: string[] = [];
  const underWay = Promise.withResolvers<void>();
  const handed: number[] = [];
  const outbox = new Outbox({
    accept: async (events) => {
      handed.push(events.length);
      await underWay.promise;
    },
  });
  const fate = {
    onAccepted: () => fates.push("accepted"),
    onRefused: () => fates.push("refused"),
  };
  await outbox.add(Array.from({ length: 1000 }, String), checkpoint("a"), fate);
  await outbox.add(["later"], checkpoint("a"), fate);

  const cleared = outbox.clear().then(() => fates.push("cleared"));
  underWay.reject(new Error("Cannot go on"));
  await cleared;
  await outbox.flush();

  assert.deepEqual(fates, ["refused", "cleared"]);
  assert.deepEqual(handed, [1000]);
});
