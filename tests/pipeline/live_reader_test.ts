/** Tests of reading the live picture back from a real Redis, and of the word of a new one. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { LiveReader } from "../../pipeline/live_reader.ts";
import { Projector } from "../../pipeline/projector.ts";
import { RedisConnection, RedisError } from "../../pipeline/redis_connection.ts";
import { makePicture } from "../helpers/live_pictures.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { until } from "../helpers/run_blueplane.ts";

const redis = sharedRedis();

function connect({ url } = redis.server, namespace: string = crypto.randomUUID()) {
  return new RedisConnection({ url, namespace });
}

Deno.test("LiveReader.read() gives those parts of a picture that were asked for", async () => {
  await using connection = connect();
  await using reader = new LiveReader(connection);
  await new Projector(connection).write(makePicture());

  for (
    const parts of [
      { periods: ["24h"], tiers: [60] },
      { periods: ["1h", "30d"], tiers: [] },
      { periods: [], tiers: [900] },
    ] as const
  ) deepEqual(await reader.read(parts), makePicture(1, parts));
});

Deno.test("LiveReader.read() gives none, when there is none under this key", async () => {
  await using connection = connect();
  await using another = connect();
  await using reader = new LiveReader(connection);
  await new Projector(another).write(makePicture());

  equal(await reader.read(), undefined);
});

Deno.test("LiveReader.read() shows each picture whole, while others are written", async () => {
  await using connection = connect();
  await using writing = connection.duplicate();
  await using reader = new LiveReader(connection);
  const projector = new Projector(writing);
  await projector.write(makePicture(1));
  let isDone = false;
  const reading = (async () => {
    for (let reads = 1;; reads++) {
      const picture = await reader.read();
      deepEqual(picture, makePicture(picture!.madeAt - makePicture(0).madeAt));
      if (isDone) return reads;
    }
  })();

  for (let seed = 2; seed < 40; seed++) await projector.write(makePicture(seed));
  isDone = true;
  await reading;

  deepEqual(await reader.read(), makePicture(39));
});

Deno.test("LiveReader.subscribe() calls back at each picture, which can be read", async () => {
  await using connection = connect();
  await using reader = new LiveReader(connection);
  const seen: (number | undefined)[] = [];
  await reader.subscribe(async () => {
    seen.push((await reader.read({ periods: [], tiers: [] }))?.madeAt);
  });
  const projector = new Projector(connection);

  for (const seed of [1, 2, 3]) {
    await projector.write(makePicture(seed));
    await until("it is seen", () => seen.length === seed);
  }

  deepEqual(seen, [1, 2, 3].map((seed) => makePicture(seed).madeAt));
});

Deno.test("LiveReader.subscribe() goes on, when Redis was away", async () => {
  await using server = await RedisServer.start();
  await using connection = connect(server);
  await using reader = new LiveReader(connection);
  let ticks = 0;
  await reader.subscribe(() => ticks++);

  await server.restart();
  await until("it tells of the connection", () => ticks > 0);
  const before = ticks;
  await new Projector(connection).write(makePicture());

  await until("it tells of the picture", () => ticks > before);
});

Deno.test("LiveReader.read() says so, as subscribe() does, when Redis is away", async () => {
  await using server = await RedisServer.start();
  await using connection = connect(server);
  await server.stop();
  await using reader = new LiveReader(connection);

  await rejects(reader.read(), RedisError);
  await rejects(reader.subscribe(() => {}), RedisError);
});
