/** Tests of what waits in Redis, while the disk of the server is full. */

import assert from "node:assert/strict";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { redisQueue } from "../../pipeline/redis_queue.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { diskFullError } from "../helpers/faults.ts";
import { patchCommands } from "../helpers/redis_faults.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { deadLetters, readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const RETRY_MS = 1000;

const redis = sharedRedis();

/** Lets nothing be stored, until it is disposed. */
function fillDisk() {
  const { append } = TraceStore.prototype;
  let refusals = 0;
  TraceStore.prototype.append = () => {
    refusals++;
    throw diskFullError();
  };
  return {
    get refusals() {
      return refusals;
    },
    [Symbol.dispose]: () => {
      TraceStore.prototype.append = append;
    },
  };
}

Deno.test("RedisQueue() buries nothing, however long the disk is full", async () => {
  using folder = tempDatabase();
  using commands = patchCommands(undefined);
  const clock = new VirtualClock();
  const namespace = crypto.randomUUID();
  const makeQueue = redisQueue({ url: redis.server.url, namespace, machine: "aaaaaaaa" });
  await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock, makeQueue });
  await pipeline.resume();
  {
    using disk = fillDisk();
    await pipeline.accept(promptTexts(3), []);
    for (let i = 0; i < 20; i++) {
      await commands.settled();
      clock.advance(RETRY_MS);
    }
    await commands.settled();
    assert.ok(disk.refusals > 10, String(disk.refusals));
  }

  clock.advance(RETRY_MS);
  await commands.settled();

  assert.deepEqual(readFile(folder.path, deadLetters), []);
  assert.deepEqual(readFile(folder.path, storedIds), ["p0", "p1", "p2"]);
});
