/** Tests of where a live screen has its numbers from: a real Redis, or the database. */

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { markCaptureHome } from "../../cli/capture_home.ts";
import { NotFoundError } from "../../cli/exit.ts";
import { rebuildLive } from "../../cli/live.ts";
import { type LiveSourceOptions, openLiveSource } from "../../cli/live_source.ts";
import { redisSettings } from "../../cli/redis_settings.ts";
import { openHomeReader, openWorkspace } from "../../cli/workspace.ts";
import type { Clock } from "../../core/clock.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { MADE_AT } from "../../pipeline/live_keys.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { promptTexts } from "../helpers/events.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { type Machine, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const redis = sharedRedis();
const NOW = Date.UTC(2026, 2, 1, 12);

function workspaceOf(machine: Machine, clock: Clock, url = "") {
  const env = { BLUEPLANE_REDIS_URL: url };
  return openWorkspace(recordedIo(machine, [], { env, clock }), { color: false, sync: true });
}

function options(changes: Partial<LiveSourceOptions> = {}): LiveSourceOptions {
  const { signal } = new AbortController();
  return { filter: undefined, everyMs: 2000, onNews: () => {}, signal, ...changes };
}

function transcriptOf(machine: Machine): Transcript {
  return new Transcript(machine.claude, { startedAt: NOW - 600_000 });
}

/** Does what a server on this machine does. */
async function serve(machine: Machine, clock: Clock, url: string): Promise<void> {
  await runHere(machine, ["sync"], { clock });
  const workspace = workspaceOf(machine, clock, url);
  using db = openHomeReader(workspace)!;
  await rebuildLive(workspace, db);
}

/** Another machine, which has the key and nothing else. */
function joined(machine: Machine): Machine {
  const other = tempMachine();
  Deno.mkdirSync(other.home);
  Deno.copyFileSync(`${machine.home}/install.key`, `${other.home}/install.key`);
  return other;
}

Deno.test("openLiveSource() reads what is new before it looks into the database", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  await using source = await openLiveSource(workspaceOf(machine, clock), options());
  const prompts = async () => {
    const { picture, source: from } = await source.view({ period: "24h" });
    return [from, picture.periods["24h"]?.numbers.user_prompts];
  };
  deepEqual(await prompts(), ["database", 0]);

  const transcript = transcriptOf(machine).prompt();
  clock.advance(1999);
  deepEqual(await prompts(), ["database", 0]);
  clock.advance(1);
  deepEqual(await prompts(), ["database", 1]);
  transcript.prompt();
  clock.advance(2000);
  deepEqual(await prompts(), ["database", 2]);
});

Deno.test("openLiveSource() computes anew only what changed, and once a minute", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  await using source = await openLiveSource(workspaceOf(machine, clock), options());
  const first = await source.view({ period: "24h" });

  clock.advance(58_000);
  equal(await source.view({ period: "24h" }), first);
  const hour = await source.view({ period: "1h" });
  deepEqual([hour.period, Object.keys(hour.picture.periods)], ["1h", ["1h"]]);
  clock.advance(60_000);
  equal((await source.view({ period: "1h" })).picture.madeAt, NOW + 118_000);
});

Deno.test("openLiveSource() leaves reading to a server, or to nobody if told so", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  const transcript = transcriptOf(machine).prompt();
  await runHere(machine, ["sync"], { clock });
  transcript.prompt();
  const workspace = workspaceOf(machine, clock);
  const quiet = { ...workspace, globals: { color: false, sync: false } };
  await using still = await openLiveSource(quiet, options());
  equal((await still.view({ period: "24h" })).picture.periods["24h"]?.numbers.user_prompts, 1);

  using _lock = takeWriterLock(workspace.home.lock);
  await using source = await openLiveSource(workspace, options());
  equal((await source.view({ period: "24h" })).picture.periods["24h"]?.numbers.user_prompts, 1);
});

Deno.test("openLiveSource() shows the picture on another machine, and each new one", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  const transcript = transcriptOf(machine).prompt();
  await serve(machine, clock, redis.server.url);
  using other = joined(machine);
  let news = 0;
  const workspace = workspaceOf(other, clock, redis.server.url);
  await using source = await openLiveSource(workspace, options({ onNews: () => news++ }));
  const prompts = async () => {
    const view = await source.view({ period: "7d" });
    return [view.source, view.picture.periods["7d"]?.numbers.user_prompts, view.trouble];
  };
  deepEqual(await prompts(), ["redis", 1, undefined]);

  transcript.prompt();
  await serve(machine, clock, redis.server.url);
  await until("it is told", () => news > 0);

  deepEqual(await prompts(), ["redis", 2, undefined]);
});

Deno.test("openLiveSource() asks the database, when there is a filter or no server", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  await serve(machine, clock, redis.server.url);
  const workspace = workspaceOf(machine, clock, redis.server.url);
  const filter = { model: "none" };
  await using filtered = await openLiveSource(workspace, options({ filter }));
  const view = await filtered.view({ period: "24h" });
  deepEqual([view.source, view.picture.periods["24h"]?.numbers.sessions], ["database", 0]);

  await using source = await openLiveSource(workspace, options());
  equal((await source.view({ period: "24h" })).source, "redis");
  clock.advance(150_001);
  equal((await source.view({ period: "24h" })).source, "database");
});

Deno.test("openLiveSource() shows an old picture, when this machine has no numbers", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  await serve(machine, clock, redis.server.url);
  using other = joined(machine);
  await using source = await openLiveSource(
    workspaceOf(other, clock, redis.server.url),
    options(),
  );

  clock.advance(3_000_000);
  const view = await source.view({ period: "24h" });

  deepEqual([view.source, view.picture.madeAt], ["redis", NOW]);
});

Deno.test("openLiveSource() says that Redis is away, and comes back to it", async () => {
  await using server = await RedisServer.start();
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  await serve(machine, clock, server.url);
  await server.stop();
  const workspace = workspaceOf(machine, clock, server.url);
  await using source = await openLiveSource(workspace, options());
  const away = await source.view({ period: "24h" });
  equal(away.source, "database");
  match(away.trouble!, /^Cannot reach Redis: /);

  await server.restart();
  await serve(machine, clock, server.url);
  await until("it is read", async () => {
    clock.advance(2000);
    return (await source.view({ period: "24h" })).source === "redis";
  });

  equal((await source.view({ period: "24h" })).trouble, undefined);
});

Deno.test("openLiveSource() says at once that Redis is gone from a picture", async () => {
  await using server = await RedisServer.start();
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  await serve(machine, clock, server.url);
  let news = 0;
  await using source = await openLiveSource(
    workspaceOf(machine, clock, server.url),
    options({ onNews: () => news++ }),
  );
  equal((await source.view({ period: "24h" })).trouble, undefined);

  await server.stop();
  await until("it is told", () => news > 0);

  const away = await source.view({ period: "24h" });
  deepEqual([away.source, away.picture.madeAt], ["redis", NOW]);
  match(away.trouble!, /^Cannot reach Redis: /);
  await server.restart();
  await serve(machine, clock, server.url);
  await until("it is read", async () => {
    clock.advance(2000);
    return (await source.view({ period: "24h" })).trouble === undefined;
  });
});

Deno.test("openLiveSource() asks Redis now and then, when it is told of nothing", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  await serve(machine, clock, redis.server.url);
  const workspace = workspaceOf(machine, clock, redis.server.url);
  await using source = await openLiveSource(workspace, options());
  const madeAt = async () => (await source.view({ period: "24h" })).picture.madeAt;
  equal(await madeAt(), NOW);
  await using connection = new RedisConnection(redisSettings(workspace)!);
  await connection.client.set(connection.key(MADE_AT), new Date(NOW + 1).toISOString());

  clock.advance(9999);
  equal(await madeAt(), NOW);
  clock.advance(1);
  equal(await madeAt(), NOW + 1);
});

Deno.test("openLiveSource() says why it reads nothing new, when Redis is away", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  const transcript = transcriptOf(machine).prompt();
  await runHere(machine, ["sync"], { clock });
  transcript.prompt();
  const workspace = workspaceOf(machine, clock, "redis://127.0.0.1:1");
  const filter = { session: transcript.sessionId.slice(0, 8) };
  await using source = await openLiveSource(workspace, options({ filter }));

  const view = await source.view({ period: "24h" });

  equal(view.picture.periods["24h"]?.numbers.user_prompts, 1);
  equal(view.trouble, "Cannot reach Redis: nothing listens at redis.url");
  clock.advance(2000);
  equal(await source.view({ period: "24h" }), view);
});

Deno.test("openLiveSource() is told of a session that is not there", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock(NOW);
  transcriptOf(machine).prompt();
  const filter = { session: "none" };
  await using source = await openLiveSource(workspaceOf(machine, clock), options({ filter }));
  await rejects(source.view({ period: "24h" }), NotFoundError);
});

Deno.test("openLiveSource() leaves the queue alone, in a folder that only captures", async () => {
  await using server = await RedisServer.start();
  using machine = tempMachine();
  const workspace = workspaceOf(machine, new VirtualClock(NOW), server.url);
  markCaptureHome(workspace.home, NOW);
  await using connection = new RedisConnection(redisSettings(workspace)!);
  const key = connection.key("telemetry:events");
  await connection.client.xadd(key, "*", "body", promptTexts(1)[0]!);

  await using source = await openLiveSource(workspace, options());
  const { picture } = await source.view({ period: "24h" });

  equal(picture.periods["24h"]?.numbers.sessions ?? 0, 0);
  equal(await connection.client.xlen(key), 1);
});
