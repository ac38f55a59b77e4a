/** Tests of the live picture in a real Redis: whole, absolute, gone after a day, thrown away. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { LivePicture } from "../../core/live_picture.ts";
import { liveKeys } from "./all_live_keys.ts";
import { LiveReader } from "../../pipeline/live_reader.ts";
import { Projector } from "../../pipeline/projector.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { sweepFaults } from "../helpers/faults.ts";
import { makePicture } from "../helpers/live_pictures.ts";
import { patchCommands } from "../helpers/redis_faults.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";

const redis = sharedRedis();
const NEXT = Date.UTC(2026, 2, 2);

function connect({ url } = redis.server): RedisConnection {
  return new RedisConnection({ url, namespace: crypto.randomUUID() });
}

/** All that is in Redis, key by key, without what runs out when. */
async function dump(connection: RedisConnection): Promise<Record<string, unknown>> {
  const { client } = connection;
  const keys = (await client.keys(connection.key("*"))).sort();
  return Object.fromEntries(
    await Promise.all(keys.map(async (name) => [name, await client.dump(name)])),
  );
}

async function readBack(connection: RedisConnection): Promise<LivePicture | undefined> {
  await using reader = new LiveReader(connection);
  return await reader.read();
}

Deno.test("Projector.write() writes a picture that is read back as it was", async () => {
  await using connection = connect();
  const picture = makePicture();

  const keys = await new Projector(connection).write(picture);

  deepEqual(await readBack(connection), picture);
  equal(keys, liveKeys().length);
});

Deno.test("Projector.write() uses no key that is not known by name", async () => {
  await using connection = connect();
  await new Projector(connection).write(makePicture());

  const found = await connection.client.keys(connection.key("*"));

  deepEqual(found.sort(), liveKeys().map((name) => connection.key(name)).sort());
});

Deno.test("Projector.write() changes nothing, when it writes the same picture again", async () => {
  await using connection = connect();
  const projector = new Projector(connection);
  await projector.write(makePicture());
  const once = await dump(connection);

  await projector.write(makePicture());
  deepEqual(await dump(connection), once);
  await new Projector(connection).write(makePicture());
  deepEqual(await dump(connection), once);
});

Deno.test("Projector.write() leaves nothing of the picture before", async () => {
  await using connection = connect();
  const projector = new Projector(connection);
  await projector.write(makePicture(1));

  await projector.write(makePicture(2));
  deepEqual(await readBack(connection), makePicture(2));

  const part = makePicture(3, { periods: ["1h"], tiers: [] });
  const empty = { ...part, periods: { "1h": { ...part.periods["1h"]!, numbers: {} } } };
  await projector.write(empty);
  const rankings = liveKeys().filter((name) => /rank:\w+:1h/.test(name));
  const left = [...rankings, "live:made_at"].map((name) => connection.key(name));
  deepEqual(Object.keys(await dump(connection)), left.sort());
});

Deno.test("Projector.write() sends only what is new, when the rest still stands", async () => {
  await using connection = connect();
  await using watching = connection.duplicate();
  const projector = new Projector(connection);
  const picture = makePicture();
  await projector.write(picture);
  const monitor = await watching.client.monitor();
  const sent: string[] = [];
  monitor.on("monitor", (_time: string, args: string[]) => sent.push(args.join(" ")));
  const ended = new Promise((resolve) => monitor.on("end", resolve));

  const points = picture.series[60]!;
  const series = { ...points, tool_uses: [...points.tool_uses, [NEXT, 5] as const] };
  await projector.write({ ...picture, series: { ...picture.series, 60: series } });
  await connection.client.ping();
  await connection.client.ping();
  monitor.disconnect();
  await ended;

  const writes = sent.filter((line) => /^(hset|hdel|zadd|zrem|unlink) /i.test(line));
  deepEqual(writes, [`hset ${connection.key("live:series:60:tool_uses")} ${NEXT} 5`]);
});

Deno.test("Projector.write() lets every key run out after a day", async () => {
  await using connection = connect();
  const projector = new Projector(connection);
  for (const seed of [1, 2]) {
    await projector.write(makePicture(seed));
    for (const name of liveKeys()) {
      const seconds = await connection.client.ttl(connection.key(name));
      ok(seconds > 86_000 && seconds <= 86_400, `${name}: ${seconds}`);
      await connection.client.persist(connection.key(name));
    }
  }
});

Deno.test("Projector.write() writes all of it, when some or all is gone or changed", async () => {
  await using server = await RedisServer.start();
  await using connection = connect(server);
  const projector = new Projector(connection);
  const harms: Record<string, () => Promise<unknown>> = {
    flush: () => connection.client.flushall(),
    evict: () => connection.client.del(connection.key("live:series:900:cost_usd")),
    another: () => new Projector(connection).write(makePicture(9)),
    alien: () => connection.client.set(connection.key("live:rank:tools:7d"), "text"),
    restart: () => server.restart(),
  };
  await projector.write(makePicture(1));
  for (const [name, harm] of Object.entries(harms)) {
    await harm();

    // What has another type makes the first write fail, and that is what the next one is for.
    if (name === "alien") await rejects(projector.write(makePicture(2)), RedisError);
    await projector.write(makePicture(1));

    deepEqual(await readBack(connection), makePicture(1), name);
  }
});

Deno.test("Projector.write() is whole the next time, when any command fails", async () => {
  const faults = await sweepFaults(async (faults) => {
    await using connection = connect();
    const projector = new Projector(connection);
    const tryWrite = async (seed: number) => {
      try {
        await projector.write(makePicture(seed));
        return true;
      } catch (error) {
        if (faults.fired === undefined || !(error instanceof RedisError)) throw error;
        return false;
      }
    };
    {
      using _commands = patchCommands(faults);
      for (const seed of [1, 2, 3]) await tryWrite(seed);
      if (!await tryWrite(4)) await projector.write(makePicture(4));
    }

    deepEqual(await readBack(connection), makePicture(4));
  });
  ok(faults >= 10, `${faults} faults`);
});

Deno.test("Projector.write() says that Redis is away, and goes on when it is back", async () => {
  await using server = await RedisServer.start();
  await using connection = connect(server);
  const projector = new Projector(connection);
  await projector.write(makePicture(1));
  await server.stop();

  await rejects(projector.write(makePicture(2)), RedisError);
  await server.restart();
  await projector.write(makePicture(3));

  deepEqual(await readBack(connection), makePicture(3));
});
