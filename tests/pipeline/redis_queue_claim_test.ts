/** Tests of the queue in Redis, while another process has the right to process. */

import assert from "node:assert/strict";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { PROCESSOR } from "../../pipeline/redis_claim.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { redisQueue } from "../../pipeline/redis_queue.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { patchCommands } from "../helpers/redis_faults.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const redis = sharedRedis();

Deno.test("RedisQueue.tend() lets nothing be taken, while another has the right", async () => {
  using folder = tempDatabase();
  using commands = patchCommands(undefined);
  const clock = new VirtualClock();
  const settings = { url: redis.server.url, namespace: crypto.randomUUID() };
  await using side = new RedisConnection(settings);
  const makeQueue = redisQueue({ ...settings, machine: "aaaaaaaa" });
  const troubles: string[] = [];
  await using pipeline = new Pipeline({
    path: folder.path,
    tables: TABLES,
    clock,
    makeQueue,
    onTrouble: (error) => troubles.push(String(error)),
  });
  await pipeline.resume();
  await commands.settled();

  await side.client.set(side.key(PROCESSOR), "another");
  clock.advance(5000);
  await commands.settled();
  await side.client.xadd(side.key("telemetry:events"), "*", "body", promptTexts(1)[0]!);
  for (let i = 0; i < 10; i++) {
    clock.advance(1000);
    await commands.settled();
  }
  const taken = readFile(folder.path, storedIds);
  await side.client.del(side.key(PROCESSOR));
  clock.advance(1000);
  await commands.settled();

  assert.deepEqual(taken, []);
  assert.match(troubles[0] ?? "", /^RedisError: Cannot process what is on this Redis: /);
  assert.deepEqual(readFile(folder.path, storedIds), ["p0"]);
});
