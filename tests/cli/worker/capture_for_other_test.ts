/** Tests of the capture worker in this process; kills and counts are in tests/e2e. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { runCli } from "../../../cli/cli.ts";
import { encodeInvitation } from "../../../cli/worker/invitation.ts";
import { RedisServer } from "../../helpers/redis_server.ts";
import { type Machine, tempMachine, until } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { type RecordedIo, recordedIo, runHere } from "../recorded_io.ts";

const CAPTURE = ["worker", "--role", "capture"];
const KEY = new Uint8Array(32).fill(7);

/** A machine that joined; the Redis is where `url` says. */
async function joinedMachine(url: string): Promise<Machine> {
  const machine = tempMachine();
  const stdin = encodeInvitation(KEY);
  equal((await runHere(machine, ["worker", "--join"], { stdin })).code, 0);
  return { ...machine, env: { ...machine.env, BLUEPLANE_REDIS_URL: url } };
}

/** Runs a command until `use` is done. @returns its exit code */
async function running(io: RecordedIo, use: () => Promise<void>): Promise<number> {
  const ended = runCli(io);
  try {
    await use();
  } finally {
    io.interrupt("SIGTERM");
    await ended;
  }
  return await ended;
}

Deno.test("captureForOther() is a wrong use, when the data folder has not joined", async () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_REDIS_URL: "redis://127.0.0.1:1" };
  const { code, stdout, stderr } = await runHere(machine, CAPTURE, { env });
  deepEqual({ code, stdout }, { code: 2, stdout: "" });
  match(stderr, /^error: Cannot capture for another machine: this data folder did not join it; /);
});

Deno.test("captureForOther() says where to set redis.url, when it is not set", async () => {
  using machine = await joinedMachine("");
  const { code, stdout, stderr } = await runHere(machine, CAPTURE);
  deepEqual({ code, stdout }, { code: 2, stdout: "" });
  match(stderr, /redis\.url is not set; set it in config\.json or as BLUEPLANE_REDIS_URL to /);
});

Deno.test("captureForOther() waits for Redis, and ends when it is stopped", async () => {
  using machine = await joinedMachine("redis://ada:secret@127.0.0.1:1");
  const io = recordedIo(machine, CAPTURE);
  const code = await running(io, async () => {
    await until("it tells of it", () => io.stderr.text !== "");
    equal((await runHere(machine, ["status"])).code, 0);
  });
  deepEqual([code, io.stdout.text], [0, ""]);
  equal(io.stderr.text, "warning: Cannot reach Redis: nothing listens at redis.url\n");
  equal(existsSync(`${machine.home}/serve.json`), false);
  equal(io.listeners(), 0);
});

Deno.test("captureForOther() waits for the server that processes, then publishes", async () => {
  await using redis = await RedisServer.start();
  using machine = await joinedMachine(redis.url);
  const transcript = new Transcript(machine.claude).prompt();
  using desk = deskMachine();
  const env = { BLUEPLANE_REDIS_URL: redis.url };
  const io = recordedIo(machine, [...CAPTURE, "--name", "Ada's laptop"]);
  const server = recordedIo(desk, ["serve", "--port", "0"], { env });
  const total = async () => {
    const { stdout } = await runHere(desk, ["metrics", "-p", "all", "--json"], { env });
    return JSON.parse(stdout).totals.user_prompts;
  };
  const code = await running(io, async () => {
    await until("it tells of it", () => io.stderr.text !== "");
    await running(server, async () => {
      await until("what was there is counted", async () => await total() === 1);
      transcript.prompt();
      await until("what was written then, too", async () => await total() === 2);
      io.interrupt("SIGTERM");
    });
  });
  equal(code, 0);
  match(io.stdout.text, /^Publishing to Redis as machine [0-9a-f]{8} \(Ctrl\+C stops it\)\n$/);
  match(io.stderr.text, /^warning: Cannot publish to Redis: no server with the key of this /);
  match(io.stderr.text, /note: reading goes on\n/);
  equal(server.stderr.text, "");
});

/** The machine that processes: it has the key, and nothing to read. */
function deskMachine(): Machine {
  const desk = tempMachine();
  Deno.mkdirSync(desk.home);
  Deno.writeFileSync(`${desk.home}/install.key`, KEY);
  return desk;
}

Deno.test("captureForOther() says what it waits for, and loses nothing when ended", async () => {
  await using redis = await RedisServer.start();
  using machine = await joinedMachine(redis.url);
  using desk = deskMachine();
  const env = { BLUEPLANE_REDIS_URL: redis.url };
  const once = [...CAPTURE, "--once"];
  const serving = (use: () => Promise<void>) =>
    running(recordedIo(desk, ["serve", "--port", "0"], { env }), use);
  await serving(() =>
    until("it is let in", async () => (await runHere(machine, once)).code === 0)
  );
  const transcript = new Transcript(machine.claude);
  for (let i = 0; i < 12_000; i++) transcript.prompt();

  for (const args of [once, CAPTURE]) {
    const io = recordedIo(machine, args);
    const code = await running(
      io,
      () => until("it says so", () => io.stderr.text.includes("waiting until the server that ")),
    );
    equal(code, args === once ? 130 : 0);
    match(io.stderr.text, /^warning: \S+ events wait in Redis already; waiting until [^\n]+\n/);
    deepEqual([io.listeners(), existsSync(`${machine.home}/serve.json`)], [0, false]);
  }

  await serving(async () => {
    equal((await runHere(machine, once)).code, 0);
    await until("all of it is stored", async () => {
      const { stdout } = await runHere(desk, ["metrics", "-p", "all", "--json"], { env });
      return JSON.parse(stdout).totals.user_prompts === 12_000;
    });
  });
});

Deno.test("captureForOther() prints one line of JSON, when that is asked for", async () => {
  await using redis = await RedisServer.start();
  using machine = await joinedMachine(redis.url);
  using desk = deskMachine();
  const env = { BLUEPLANE_REDIS_URL: redis.url };
  await running(recordedIo(desk, ["serve", "--port", "0"], { env }), async () => {
    let stdout = "";
    await until("it is let in", async () => {
      const run = await runHere(machine, [...CAPTURE, "--once", "--json"]);
      stdout = run.stdout;
      return run.code === 0;
    });
    const { machine: label, ...document } = JSON.parse(stdout);
    deepEqual(document, { schema: "blueplane.worker/1", pid: Deno.pid });
    match(label, /^[0-9a-f]{8}$/);
    equal(stdout.split("\n").length, 2);
  });
});
