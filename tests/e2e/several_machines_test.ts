/** Tests of several machines that capture, and one that processes what they publish. */

import { deepEqual, equal, match } from "node:assert/strict";
import { seededRandom } from "../helpers/events.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import {
  type Machine,
  runBinary,
  type Running,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { countedLines, GrowingTranscripts } from "./growing_transcripts.ts";

const isUnix = Deno.build.os !== "windows";

/** A machine whose environment names the Redis. */
function machineAt(redis: RedisServer): Machine {
  const machine = tempMachine();
  return { ...machine, env: { ...machine.env, BLUEPLANE_REDIS_URL: redis.url } };
}

/** Makes `laptop` one that captures for `desk`. */
async function join(desk: Machine, laptop: Machine): Promise<void> {
  const { stdout } = await runBinary(desk, ["worker", "--invite", "-q"]);
  equal((await runBinary(laptop, ["worker", "--join"], { stdin: stdout })).code, 0);
}

async function startWorker(machine: Machine, ...args: string[]): Promise<Running> {
  const worker = startBinary(machine, ["worker", "--role", "capture", ...args]);
  await worker.until("it publishes", () => worker.stdout.includes("Publishing to Redis"));
  return worker;
}

async function sharesOf(machine: Machine) {
  const { stdout } = await runBinary(machine, ["status", "--json"]);
  return JSON.parse(stdout).machines as {
    machine: string;
    this_machine: boolean;
    files: number;
    lines: number;
    sessions: number;
  }[];
}

async function sessionsOf(machine: Machine): Promise<unknown[]> {
  const { stdout } = await runBinary(machine, ["sessions", "-n", "0", "--no-sync", "--json"]);
  return JSON.parse(stdout).sessions;
}

/** Copies all transcripts into another folder of another machine. */
function copyTranscripts(from: Machine, to: Machine): void {
  const folder = `${to.claude}/projects/-mnt-copies`;
  Deno.mkdirSync(folder);
  for (const { name } of Deno.readDirSync(`${from.claude}/projects`)) {
    for (const file of Deno.readDirSync(`${from.claude}/projects/${name}`)) {
      Deno.copyFileSync(
        `${from.claude}/projects/${name}/${file.name}`,
        `${folder}/${file.name}`,
      );
    }
  }
}

Deno.test({
  name: "blueplane worker counts a history once, when it is seen from three machines",
  ignore: !isUnix, // There is no redis-server.
  async fn() {
    await using redis = await RedisServer.start();
    using desk = machineAt(redis);
    using laptop = machineAt(redis);
    using box = machineAt(redis);
    using alone = tempMachine();
    const growing = new GrowingTranscripts(desk.claude, seededRandom(20260303));
    for (let i = 0; i < 600; i++) growing.write();
    growing.finish();
    for (const machine of [laptop, box, alone]) copyTranscripts(desk, machine);
    for (const machine of [laptop, box]) await join(desk, machine);
    // With the same key, so that hashes can be compared.
    Deno.mkdirSync(alone.home);
    Deno.copyFileSync(`${desk.home}/install.key`, `${alone.home}/install.key`);
    await runBinary(alone, ["sync"]);

    const { server } = await startServe(desk);
    await using _server = server;
    await using first = await startWorker(laptop, "--name", "laptop");
    await using second = await startWorker(box);
    await until("all is stored", async () => {
      const shares = await sharesOf(desk);
      return shares.length === 3 && new Set(shares.map(({ lines }) => lines)).size === 1 &&
        shares.every(({ sessions }) => sessions === 3);
    });

    await until("all is counted", async () => {
      const { stdout } = await runBinary(desk, ["status", "--json"]);
      const { events, changes } = JSON.parse(stdout).queue;
      return events === 0 && changes === 0;
    });
    deepEqual(await sessionsOf(desk), await sessionsOf(alone));
    deepEqual(await countedLines(desk), growing.written);
    const shares = await sharesOf(desk);
    deepEqual(shares.map(({ files }) => files), [3, 3, 3]);
    equal(shares.filter(({ this_machine }) => this_machine).length, 1);
    for (const worker of [first, second]) {
      const label = /as machine ([0-9a-f]{8}) /.exec(worker.stdout)![1]!;
      equal(shares.filter(({ machine }) => machine === label).length, 1);
      deepEqual([(await worker.stop("SIGTERM")).code, worker.stderr], [0, ""]);
    }
    equal(server.stderr, "");
  },
});

Deno.test({
  name:
    "blueplane worker loses nothing, when it, the server and Redis are killed again and again",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    await using redis = await RedisServer.start();
    using desk = machineAt(redis);
    using laptop = machineAt(redis);
    await join(desk, laptop);
    const random = seededRandom(20260304);
    const growing = new GrowingTranscripts(laptop.claude, random);
    for (const victim of ["worker", "redis", "server", "redis", "worker"]) {
      const { server } = await startServe(desk);
      await using _server = server;
      await using worker = await startWorker(laptop);
      const lines = 50 + Math.floor(random() * 250);
      for (let i = 0; i < lines; i++) {
        growing.write();
        if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
        if (i !== lines >> 1) continue;
        if (victim === "worker") await worker.stop("SIGKILL");
        else if (victim === "server") await server.stop("SIGKILL");
        else await redis.restart();
      }
    }
    growing.finish();
    const { server } = await startServe(desk);
    await using _server = server;
    await using _worker = await startWorker(laptop);
    await until("all is counted", async () => {
      const { user_prompts, tool_uses } = await countedLines(desk);
      return user_prompts === growing.written.user_prompts &&
        tool_uses === growing.written.tool_uses;
    }, 60_000);
    deepEqual(await countedLines(desk), growing.written);
  },
});

Deno.test({
  name: "blueplane worker waits for Redis and says so, and publishes what was written meanwhile",
  ignore: !isUnix, // There is no redis-server.
  async fn() {
    await using redis = await RedisServer.start();
    using desk = machineAt(redis);
    using laptop = machineAt(redis);
    await join(desk, laptop);
    const transcript = new Transcript(laptop.claude).prompt();
    const { server } = await startServe(desk);
    await using _server = server;
    await using worker = await startWorker(laptop);
    const counted = async (prompts: number) =>
      (await countedLines(desk)).user_prompts === prompts;
    await until("what was there is counted", () => counted(1));

    await redis.stop();
    transcript.prompt();
    const away = /^warning: Cannot reach Redis: nothing listens at redis\.url$/m;
    await worker.until("it tells of it", () => away.test(worker.stderr));
    await redis.restart();

    await until("what was written meanwhile is counted", () => counted(2));
    await worker.until(
      "it says that it goes on",
      () => worker.stderr.endsWith("note: reading goes on\n"),
    );
    equal(worker.stderr.includes(redis.url.slice("redis://".length)), false);
    equal((await worker.stop("SIGINT")).code, 0);
  },
});

Deno.test({
  name: "blueplane serve waits for Redis and says so, when it takes over while that is away",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    await using redis = await RedisServer.start();
    using desk = machineAt(redis);
    const transcript = new Transcript(desk.claude).prompt();
    const { server: first } = await startServe(desk);
    await using _first = first;
    await using second = startBinary(desk, ["serve", "--port", "0"]);
    await second.until("it stands by", () => second.stdout !== "");

    await redis.stop();
    await first.stop("SIGKILL");
    transcript.prompt();
    await second.until("it tells of it", () => second.stderr !== "");
    equal(second.stderr, "warning: Cannot reach Redis: nothing listens at redis.url\n");
    await redis.restart();

    await second.until("it serves", () => /^Blueplane is at /m.test(second.stdout));
    await until("all is counted", async () => (await countedLines(desk)).user_prompts === 2);
    equal(second.stderr.endsWith("note: storing goes on\n"), true, second.stderr);
    equal((await second.stop("SIGTERM")).code, 0);
  },
});

Deno.test({
  name: "blueplane worker takes what hooks left, and is stood by for as a server is",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    await using redis = await RedisServer.start();
    using desk = machineAt(redis);
    using laptop = machineAt(redis);
    await join(desk, laptop);
    const { server } = await startServe(desk);
    await using _server = server;
    await using first = await startWorker(laptop);
    equal((await runBinary(laptop, ["status"])).code, 0);
    await using second = startBinary(laptop, ["worker", "--role", "capture"]);
    await second.until("it stands by", () => second.stdout !== "");
    match(
      second.stdout,
      new RegExp(`^Standing by: a capture worker runs already \\(pid ${first.pid}\\);`),
    );
    await first.stop("SIGKILL");
    await second.until("it takes over", () => second.stdout.includes("Publishing to Redis"));
    const stdin = '{"hook_event_name":"Stop","session_id":"s1"}';
    await runBinary(laptop, ["hook", "claude-code"], { stdin });
    await until("what the hook left is stored", async () => {
      const { stdout } = await runBinary(desk, ["status", "--json"]);
      return JSON.parse(stdout).storage.events === 1;
    });
    await until(
      "it is removed there",
      () => [...Deno.readDirSync(`${laptop.home}/spool`)].length === 0,
    );
    const { code, stderr } = await runBinary(laptop, ["metrics"]);
    equal(code, 1);
    match(stderr, /^error: Cannot make a report: this machine only captures, /);
  },
});

Deno.test("blueplane worker --once publishes what is there, and ends", async () => {
  await using redis = await RedisServer.start();
  using desk = machineAt(redis);
  using runner = machineAt(redis);
  const { server, url } = await startServe(desk);
  await using _server = server;
  await join(desk, runner);
  new Transcript(runner.claude).prompt().prompt();

  const once = await runBinary(runner, ["worker", "--role", "capture", "--once"]);

  deepEqual({ code: once.code, stderr: once.stderr }, { code: 0, stderr: "" });
  await until("it is stored", async () => {
    const { totals } = await (await fetch(`${url}/api/v1/metrics?period=all`)).json();
    return totals.user_prompts === 2;
  });
  await server.stop("SIGTERM");
  await redis.stop();
  const away = await runBinary(runner, ["worker", "--role", "capture", "--once"]);
  equal(away.code, 1);
  match(away.stderr, /^error: Cannot reach Redis: /);
});
