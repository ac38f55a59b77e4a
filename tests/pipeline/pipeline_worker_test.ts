/** Tests of `pipeline/pipeline_worker.ts`, through the messages that go over the border. */

import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import type { PipelineAnswer, PipelineCall } from "../../pipeline/pipeline_thread.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { openParts } from "./open_parts.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { tempDatabase } from "./temp_database.ts";

const url = new URL("../../pipeline/pipeline_worker.ts", import.meta.url);

Deno.test("main() answers each call under its number, and tells of what it folded", async () => {
  using folder = tempDatabase();
  const answers = await converse(folder.path, [
    { id: 1, name: "accept", events: promptTexts(2), checkpoints: [] },
    { id: 2, name: "accept", events: [], checkpoints: [makeCheckpoint()] },
    { id: 3, name: "drain" },
  ]);

  assert.deepEqual(answers.filter(({ id }) => id > 0), [{ id: 1 }, { id: 2 }, { id: 3 }]);
  using parts = openParts(folder.path);
  assert.deepEqual(parts.storedIds(), ["p0", "p1"]);
  assert.equal(parts.count("sources"), 1);
});

Deno.test("main() answers with the error's text, when a call fails, and goes on", async () => {
  using folder = tempDatabase();
  const broken = makeCheckpoint({ position: NaN });
  const answers = await converse(folder.path, [
    { id: 1, name: "accept", events: [], checkpoints: [broken] },
    { id: 2, name: "accept", events: [], checkpoints: [makeCheckpoint()] },
  ]);

  assert.deepEqual(answers, [
    { id: 1, error: "NOT NULL constraint failed: sources.position", errorName: "Error" },
    { id: 2 },
  ]);
});

Deno.test("main() goes on with what is queued, before any call", async () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    await parts.events.publish(promptTexts(3));
  }

  await using worker = start(folder.path);
  await worker.next(({ id }) => id === 0);

  await worker.call({ id: 1, name: "close" });
  using parts = openParts(folder.path);
  assert.equal(parts.storedIds().length, 3);
});

/** Makes calls one after another, closes, and gives all answers but that to closing. */
async function converse(path: string, calls: readonly PipelineCall[]): Promise<PipelineAnswer[]> {
  await using worker = start(path);
  for (const call of calls) await worker.call(call);
  await worker.call({ id: 99, name: "close" });
  return worker.answers.filter(({ id }) => id !== 99);
}

function start(path: string) {
  const worker = new Worker(url, { workerData: { path, tables: TABLES } });
  const answers: PipelineAnswer[] = [];
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  let wake = Promise.withResolvers<void>();
  worker.on("message", (answer: PipelineAnswer) => {
    answers.push(answer);
    wake.resolve();
    wake = Promise.withResolvers();
  });
  const next = async (is: (answer: PipelineAnswer) => boolean) => {
    while (!answers.some(is)) await wake.promise;
  };
  return {
    answers,
    next,
    call: (call: PipelineCall) => {
      worker.postMessage(call);
      return next(({ id }) => id === call.id);
    },
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
      await ended;
    },
  };
}
