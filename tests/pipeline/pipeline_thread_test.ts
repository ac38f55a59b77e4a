/** Tests of `pipeline/pipeline_thread.ts`: what a port promises, kept over a thread's border. */

import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import { PipelineThread } from "../../pipeline/pipeline_thread.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { makeCheckpoint, testPort } from "./port_contract.ts";
import { tempDatabase } from "./temp_database.ts";

testPort("PipelineThread", (options) => new PipelineThread(options));

Deno.test("PipelineThread() rejects pending and later calls, when its Worker dies", async () => {
  using folder = tempDatabase();
  using workers = watchWorkers();
  await using port = new PipelineThread({ path: folder.path, tables: TABLES });
  await port.accept(promptTexts(1), []);
  const message = "Cannot go on with the pipeline: its thread ended";

  const pending = Promise.allSettled([port.drain(), port.accept([], [makeCheckpoint()])]);
  await workers.last().terminate();

  for (const { status } of await pending) assert.ok(["rejected", "fulfilled"].includes(status));
  await assert.rejects(() => port.accept(promptTexts(1), []), { message });
});

Deno.test("PipelineThread() rejects calls with the reason, when it cannot open", async () => {
  using folder = tempDatabase();
  Deno.writeTextFileSync(
    folder.path,
    "this is no database, but it is long enough to tell\n".repeat(99),
  );
  await using port = new PipelineThread({ path: folder.path, tables: TABLES });
  const message = "Cannot open the database: the file is no SQLite database";

  const calls = [port.accept(promptTexts(1), []), port.drain()];

  for (const call of calls) await assert.rejects(call, { message });
  await assert.rejects(() => port.drain(), { message });
});

Deno.test("PipelineThread.failed() rejects, when its Worker dies", async () => {
  using folder = tempDatabase();
  using workers = watchWorkers();
  await using port = new PipelineThread({ path: folder.path, tables: TABLES });
  await port.drain();

  await workers.last().terminate();

  await assert.rejects(() => port.failed, {
    message: "Cannot go on with the pipeline: its thread ended",
  });
});

Deno.test("PipelineThread() ends its Worker, when closing fails", async () => {
  using folder = tempDatabase();
  using workers = watchWorkers();
  const port = new PipelineThread({ path: folder.path, tables: TABLES });
  await port.drain();
  const ended = new Promise((resolve) => workers.last().once("exit", resolve));

  const closing = port[Symbol.asyncDispose]();
  await workers.last().terminate();

  await Promise.allSettled([closing]);
  await ended;
});

Deno.test("PipelineThread.accept() rejects, when it comes while the port closes", async () => {
  using folder = tempDatabase();
  const port = new PipelineThread({ path: folder.path, tables: TABLES });
  const closing = port[Symbol.asyncDispose]();

  await assert.rejects(() => port.accept(promptTexts(1), []), /^Error: Cannot /);

  await closing;
});

/** Sees the Workers that are called, so that a test can kill one. */
function watchWorkers(): Disposable & { last(): Worker } {
  const { postMessage } = Worker.prototype;
  let last: Worker | undefined;
  Worker.prototype.postMessage = function (this: Worker, ...rest) {
    last = this;
    return postMessage.apply(this, rest);
  };
  return {
    last: () => {
      assert.ok(last);
      return last;
    },
    [Symbol.dispose]: () => {
      Worker.prototype.postMessage = postMessage;
    },
  };
}
