/** Tests of `blueplane serve`, run in this process; signals and crashes are in tests/e2e. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { runCli } from "../../../cli/cli.ts";
import { type Clock, systemClock } from "../../../core/clock.ts";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { RedisServer } from "../../helpers/redis_server.ts";
import { type Machine, tempMachine, until } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { type RecordedIo, recordedIo, runHere } from "../recorded_io.ts";

const HURRY = 50;

/** A clock on which the sweep of every thirty seconds comes in less than one. */
function hurriedClock(): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * HURRY,
    sleep: (timeoutMs, signal) => systemClock.sleep(timeoutMs / HURRY, signal),
  };
}

/** Runs `serve` until `use` is done. @returns how it ended */
async function serving(
  machine: Machine,
  args: readonly string[],
  use: (io: RecordedIo, url: string) => Promise<void>,
  clock: Clock = systemClock,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; io: RecordedIo }> {
  const io = recordedIo(machine, ["serve", "--port", "0", ...args], { clock, env });
  let code: number | undefined;
  const running = runCli(io).then((exit) => code = exit);
  try {
    await until(
      "it serves",
      () => existsSync(`${machine.home}/serve.json`) || code !== undefined,
    );
    equal(code, undefined, io.stderr.text);
    await use(io, JSON.parse(Deno.readTextFileSync(`${machine.home}/serve.json`)).url);
  } finally {
    io.interrupt();
    await running;
  }
  return { code: code!, io };
}

function isLocked(machine: Machine): boolean {
  using lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  return lock === undefined;
}

async function prompts(url: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/metrics`);
  return (await response.json()).totals.user_prompts;
}

Deno.test("runServe() reads what is there and what is appended, then drains", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { code, io } = await serving(machine, [], async (_io, url) => {
    await until("what is there is read", async () => await prompts(url) === 1);
    transcript.prompt("More");
    await until("what is appended is read", async () => await prompts(url) === 2);
    transcript.prompt("Even more");
  });
  deepEqual({ code, stderr: io.stderr.text }, { code: 0, stderr: "" });
  match(io.stdout.text, /^Blueplane is at http:\/\/127\.0\.0\.1:\d+ \(Ctrl\+C stops it\)\n$/);
  equal(existsSync(`${machine.home}/serve.json`), false);
  equal(existsSync(`${machine.home}/telemetry.db-wal`), false);
  equal(io.listeners(), 0);
});

Deno.test("runServe() finds a projects folder that is made while it runs", async () => {
  using machine = tempMachine();
  Deno.removeSync(`${machine.claude}/projects`);
  await serving(machine, [], async (_io, url) => {
    new Transcript(machine.claude).prompt();
    await until("the new folder is read", async () => await prompts(url) === 1);
  }, hurriedClock());
});

async function stored(machine: Machine): Promise<number> {
  const { stdout } = await runHere(machine, ["status", "--json"]);
  return JSON.parse(stdout).storage?.events ?? 0;
}

Deno.test("runServe() takes what a hook posts, once", async () => {
  using machine = tempMachine();
  const body = JSON.stringify({
    hook_event_name: "PostToolUse",
    session_id: "s1",
    tool_name: "Edit",
    tool_use_id: "toolu_1",
    tool_response: "x".repeat(3_000_000),
  });
  const headers = { "Blueplane-Client": "hook", "Content-Type": "application/json" };
  await serving(machine, [], async (_io, url) => {
    for (let i = 0; i < 2; i++) {
      const response = await fetch(`${url}/hooks/claude_code`, { method: "POST", headers, body });
      deepEqual([response.status, await response.text()], [202, ""]);
    }
    await until("it is stored", async () => await stored(machine) === 1);
  });
  equal(await stored(machine), 1);
});

Deno.test("runServe() takes what a hook leaves, while it runs", async () => {
  using machine = tempMachine();
  const stdin = JSON.stringify({ hook_event_name: "Stop", session_id: "s1" });
  await serving(machine, [], async () => {
    await runHere(machine, ["hook", "claude-code"], { stdin });
    await until("it is stored", async () => await stored(machine) === 1);
  });
});

Deno.test("runServe() only shows, when --no-capture says so", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  new Transcript(machine.claude, { session: 2 }).prompt();
  await serving(machine, ["--no-capture"], async (_io, url) => equal(await prompts(url), 1));
});

Deno.test("runServe() only reads, when --no-web says so", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const { code, io } = await serving(machine, ["--no-web"], async () => {
    await until("it is read", async () => {
      const { stdout } = await runHere(machine, ["sessions", "--no-sync", "--json"]);
      return JSON.parse(stdout).total === 1;
    });
  });
  const said = "Blueplane reads, without a dashboard (Ctrl+C stops it)\n";
  deepEqual({ code, stdout: io.stdout.text }, { code: 0, stdout: said });
});

Deno.test("runServe() refuses to open a dashboard that there is not", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["serve", "--open", "--no-web"]);
  deepEqual({ code, stderr }, {
    code: 2,
    stderr: "error: Cannot open the dashboard: with --no-web there is none\n",
  });
});

Deno.test("runServe() is found by status, when --no-web says that it shows nothing", async () => {
  using machine = tempMachine();
  await serving(machine, ["--no-web"], async () => {
    const { code, stdout } = await runHere(machine, ["status"]);
    equal(code, 0, stdout);
  });
});

Deno.test("runServe() stands by as the second, and takes over when the first ends", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const second = recordedIo(machine, ["serve", "--port", "0"]);
  let running: Promise<number> | undefined;
  await serving(machine, [], async (_io, url) => {
    running = runCli(second);
    await until("it stands by", () => second.stdout.text !== "");
    equal(
      second.stdout.text,
      `Standing by: a server runs already (pid ${Deno.pid}) at ${url}; ` +
        "this one takes over when it ends\n",
    );
  });
  await until("it takes over", () => second.stdout.text.includes("Blueplane is at"));
  transcript.prompt("More");
  const [url] = /http:[\d.:/]+(?= \(Ctrl)/.exec(second.stdout.text) ?? [""];
  await until("it reads", async () => await prompts(url) === 2);
  second.interrupt();
  deepEqual([await running, second.stderr.text], [0, ""]);
});

Deno.test("runServe() takes over the port as well, when that is free a moment later", async () => {
  using machine = tempMachine();
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const io = recordedIo(machine, ["serve", "--port", String(port)]);
  let running: Promise<number>;
  await serving(machine, ["--no-web"], async () => {
    running = runCli(io);
    await until("it stands by", () => io.stdout.text !== "");
  });
  await until("it has the lock", () => isLocked(machine));
  equal(io.stdout.text.includes("Blueplane is at"), false);
  taken.close();
  await until("it listens", () => io.stdout.text.includes(`Blueplane is at http://127.0.0.1`));
  io.interrupt("SIGTERM");
  deepEqual([await running!, io.stderr.text], [0, ""]);
});

Deno.test("runServe() ends well, when it is stopped while it waits for the port", async () => {
  using machine = tempMachine();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const io = recordedIo(machine, ["serve", "--no-capture", "--port", String(port)]);
  let running: Promise<number>;
  await serving(machine, ["--no-web"], async () => {
    running = runCli(io);
    await until("it stands by", () => io.stdout.text !== "");
  });
  await until("it has the lock", () => isLocked(machine));
  io.interrupt();
  deepEqual([await running!, io.stderr.text], [0, ""]);
  equal(existsSync(`${machine.home}/serve.json`), false);
});

Deno.test("runServe() says what to do, when the port is in use", async () => {
  using machine = tempMachine();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const { code, stdout, stderr } = await runHere(machine, ["serve", "--port", String(port)]);
  deepEqual({ code, stdout }, { code: 1, stdout: "" });
  match(stderr, /^error: Cannot listen on 127\.0\.0\.1:\d+: the port is in use; .*--port.*\n$/);
  equal(existsSync(`${machine.home}/serve.json`), false);
});

Deno.test("runServe() writes no progress to stdout, and none at all to a pipe", async () => {
  using machine = tempMachine();
  for (let session = 1; session <= 5; session++) {
    new Transcript(machine.claude, { session }).prompt();
  }
  const { io } = await serving(machine, [], async (_io, url) => {
    await until("all is read", async () => await prompts(url) === 5);
  });
  equal(io.stderr.text, "");
  ok(!io.stdout.text.includes("reading"));
});

Deno.test("runServe() tells where it is in one line of JSON, with --json", async () => {
  using machine = tempMachine();
  const { io } = await serving(machine, ["--json"], async (io, url) => {
    await until("it tells", () => io.stdout.text !== "");
    const second = recordedIo(machine, ["serve", "--port", "0", "--json"]);
    const standing = runCli(second);
    await until("it stands by", () => second.stderr.text !== "");
    match(second.stderr.text, new RegExp(`^Standing by: a server runs already .* at ${url};`));
    second.interrupt();
    deepEqual([await standing, second.stdout.text], [0, ""]);
  });
  const { started_at, ...told } = JSON.parse(io.stdout.text);
  match(io.stdout.text, /^[^\n]+\n$/);
  match(told.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  ok(Date.parse(started_at) > 0);
  deepEqual(told, { schema: "blueplane.serve/1", pid: Deno.pid, url: told.url });
});

Deno.test("runServe() shows its page while Redis is away, and works when it comes", async () => {
  await using server = await RedisServer.start();
  await server.stop();
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const env = { BLUEPLANE_REDIS_URL: server.url };
  const away = "Cannot reach Redis: nothing listens at redis.url";

  const { code, io } = await serving(
    machine,
    [],
    async (io, url) => {
      await until("it says so", () => io.stdout.text.startsWith(`Blueplane is at ${url} `));
      equal(io.stderr.text, `warning: ${away}\n`);
      equal(await prompts(url), 0);
      const status = await runHere(machine, ["status"], { env });
      equal(status.code, 0);
      ok(status.stdout.includes(`trouble   ${away}\n`), status.stdout);
      const body = JSON.stringify({ hook_event_name: "Stop", session_id: transcript.sessionId });
      const headers = { "Blueplane-Client": "hook", "Content-Type": "application/json" };
      const posted = await fetch(`${url}/hooks/claude_code`, { method: "POST", headers, body });
      deepEqual([posted.status, await posted.text()], [202, ""]);
      const rebuild = await runHere(machine, ["rebuild"], { env });
      equal(rebuild.code, 1);
      const sync = await runHere(machine, ["sync"], { env });
      match(
        sync.stderr,
        new RegExp(`^note: the server .* reads everything after this: ${away}\n$`),
      );
      match(rebuild.stderr, new RegExp(`the server \\(pid ${Deno.pid}\\) could not: ${away}`));

      await server.restart();

      await until("it reads", async () => await prompts(url) === 1);
      await until("the hook is stored", async () => await stored(machine) === 2);
    },
    systemClock,
    env,
  );

  equal(code, 0);
  equal(io.stderr.text, `warning: ${away}\nnote: storing goes on\n`);
});

Deno.test("runServe() ends when it is stopped, while Redis gives no answer", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const connection of listener) connections.push(connection);
  })();
  using machine = tempMachine();
  const env = { BLUEPLANE_REDIS_URL: `redis://127.0.0.1:${listener.addr.port}` };

  const { code, io } = await serving(
    machine,
    [],
    async () => {
      await until("it asks", () => connections.length > 0);
    },
    systemClock,
    env,
  );

  for (const connection of connections) connection.close();
  listener.close();
  await accepting;
  deepEqual({ code, stderr: io.stderr.text }, { code: 0, stderr: "" });
});
