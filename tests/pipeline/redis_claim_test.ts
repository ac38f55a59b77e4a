/** Tests of the right to process what is on a Redis. */

import assert from "node:assert/strict";
import { placeOf, PROCESSOR, RedisClaim } from "../../pipeline/redis_claim.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { patchCommands } from "../helpers/redis_faults.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

const redis = sharedRedis();
const refused = {
  name: "RedisError",
  message: /^Cannot process what is on this Redis: the server of another data folder does, /,
};

/** Claims of several processes to one Redis. */
function openStage() {
  const connection = new RedisConnection({
    url: redis.server.url,
    namespace: crypto.randomUUID(),
  });
  const clock = new VirtualClock();
  const key = connection.key(PROCESSOR);
  const claims: RedisClaim[] = [];
  return {
    clock,
    claim: (place: string) => {
      const claim = new RedisClaim({ connection, clock, place });
      claims.push(claim);
      return claim;
    },
    holder: () => connection.run((client) => client.get(key)),
    leftMs: () => connection.run((client) => client.pttl(key)),
    runOutIn: (ms: number) => connection.run((client) => client.pexpire(key, ms)),
    forget: () => connection.run((client) => client.del(key)),
    /** As a server does that comes back from its disk with what was true then. */
    comeBackWith: async (holder: string) => {
      await connection.run((client) => client.set(key, holder, "PX", 30_000));
      const { generation } = connection;
      connection.client.disconnect(true);
      while (connection.generation === generation) {
        await connection.run((client) => client.ping()).catch(() => {});
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const claim of claims) await claim.stop();
      await connection[Symbol.asyncDispose]();
    },
  };
}

Deno.test("RedisClaim.open() refuses, while a process of another place has it", async () => {
  await using stage = openStage();
  const first = stage.claim("here"), second = stage.claim("there");
  await first.open();

  await assert.rejects(() => second.open(), refused);
  await assert.rejects(() => second.renew(), refused);
  await first.renew();
  await first.giveUp();

  await second.open();
  await assert.rejects(() => first.renew(), refused);
});

Deno.test("RedisClaim.open() takes over at once, from a process of its own place", async () => {
  await using stage = openStage();
  const dead = stage.claim("here"), next = stage.claim("here");
  await dead.open();

  await next.open();
  const holder = await stage.holder();

  // Who was taken for dead and is not takes it from nobody.
  await assert.rejects(() => dead.renew(), refused);
  await dead.giveUp();
  assert.equal(await stage.holder(), holder);
  await next.renew();
});

Deno.test("RedisClaim.renew() takes over from a dead process that Redis remembers", async () => {
  await using stage = openStage();
  const claim = stage.claim("here");
  await claim.open();
  const holder = await stage.holder();

  await stage.comeBackWith("here 0123456789abcdef");
  await claim.renew();
  assert.equal(await stage.holder(), holder);

  await stage.comeBackWith("there 0123456789abcdef");
  await assert.rejects(() => claim.renew(), refused);
});

Deno.test("RedisClaim.open() takes a place for itself alone, not for a longer one", async () => {
  await using stage = openStage();
  await stage.claim("herein").open();

  await assert.rejects(() => stage.claim("here").open(), refused);
});

Deno.test("RedisClaim() keeps the right by itself, until it is stopped", async () => {
  await using stage = openStage();
  using commands = patchCommands(undefined);
  const claim = stage.claim("here");
  await claim.open();
  for (let i = 0; i < 3; i++) {
    await stage.runOutIn(9000);
    stage.clock.advance(5000);
    await commands.settled();
    assert.ok(await stage.leftMs() > 9000);
  }

  await claim.stop();
  await stage.runOutIn(9000);
  stage.clock.advance(60_000);
  await commands.settled();

  assert.ok(await stage.leftMs() <= 9000);
});

Deno.test("RedisClaim() takes nothing by itself, while another has the right", async () => {
  await using stage = openStage();
  using commands = patchCommands(undefined);
  const late = stage.claim("here"), other = stage.claim("there");
  await late.open();
  await stage.forget();
  await other.open();
  const holder = await stage.holder();

  stage.clock.advance(5000);
  await commands.settled();

  assert.equal(await stage.holder(), holder);
});

Deno.test("placeOf() is of one file on one machine, and of no copy", () => {
  using folder = tempFolder();
  const path = `${folder.path}/telemetry.db`, copy = `${folder.path}/copy.db`;
  Deno.writeTextFileSync(path, "");
  const place = placeOf(path, "aaaaaaaa");
  Deno.copyFileSync(path, copy);
  Deno.writeTextFileSync(path, "more");

  assert.match(place, /^[0-9a-f]{16}$/);
  assert.equal(placeOf(path, "aaaaaaaa"), place);
  assert.notEqual(placeOf(copy, "aaaaaaaa"), place);
  assert.notEqual(placeOf(path, "bbbbbbbb"), place);
  Deno.renameSync(path, `${folder.path}/moved.db`);
  assert.equal(placeOf(`${folder.path}/moved.db`, "aaaaaaaa"), place);
});
