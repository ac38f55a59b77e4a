/** Tests of `blueplane metrics --watch` in a terminal, beside a server with a real Redis. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { RedisServer } from "../helpers/redis_server.ts";
import {
  binaryPath,
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { Terminal } from "./terminal.ts";

// The terminal is that of script(1), whose options are Linux's.
const ignore = Deno.build.os !== "linux";
const CLOSE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** Watches in a shell that says afterwards how it ended, and how the terminal is. */
function watch(machine: Machine, env: Readonly<Record<string, string>> = {}): Terminal {
  const call = `'${binaryPath()}' metrics --watch --interval 0.2`;
  // Ctrl+C reaches the shell, too.
  const command = `trap : INT; ${call}; echo "code $?"; stty -a`;
  return new Terminal(command, { ...machine.env, ...env, COLUMNS: "80" });
}

function shown(terminal: Terminal, title: string): string | undefined {
  const line = terminal.screen().find((row) => row.startsWith(` ${title} `));
  return line?.slice(title.length + 1).trim().split(/\s+/)[0];
}

function assertRestored(terminal: Terminal): void {
  const [before, after] = terminal.text.split(CLOSE);
  ok(before !== undefined && after !== undefined, "the screen is not closed");
  match(after, /code 0\r\n/);
  match(after, / icanon/);
  match(after, / echo /);
}

Deno.test({
  name: "blueplane metrics --watch shows a number move while serve runs with Redis",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    using machine = tempMachine();
    const on = { BLUEPLANE_REDIS_URL: redis.url };
    const serving: Machine = { ...machine, env: { ...machine.env, ...on } };
    const transcript = new Transcript(machine.claude).prompt();
    const { server } = await startServe(serving);
    await using _server = server;
    // Another machine: it has the key and no transcripts.
    using other = tempMachine();
    Deno.mkdirSync(other.home);
    Deno.copyFileSync(`${machine.home}/install.key`, `${other.home}/install.key`);
    await using terminal = watch(other, on);
    await until("it shows a prompt", () => shown(terminal, "prompts") === "1");
    match(terminal.screen().at(-2)!, /from the live picture in Redis$/);

    transcript.prompt();
    await until("it shows the other", () => shown(terminal, "prompts") === "2");
    await terminal.type("3");
    await until("it shows a week", () => shown(terminal, "last") === "7d");
    await terminal.type("q");

    equal(await terminal.ended(), 0);
    assertRestored(terminal);
    equal(server.stderr, "");
  },
});

Deno.test({
  name: "blueplane metrics --watch reads by itself beside no server, until Ctrl+C",
  ignore,
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    await using terminal = watch(machine);
    await until("it shows a prompt", () => shown(terminal, "prompts") === "1");
    transcript.prompt();
    await until("it shows the other", () => shown(terminal, "prompts") === "2");
    match(terminal.screen().at(-2)!, /from the database$/);

    await terminal.type("\x03");

    await terminal.ended();
    assertRestored(terminal);
  },
});

Deno.test({
  name: "blueplane metrics --watch goes on at Ctrl+Z, when no shell could let it go on",
  ignore,
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    await using terminal = watch(machine);
    await until("it shows a prompt", () => shown(terminal, "prompts") === "1");

    await terminal.type("\x1a");
    transcript.prompt();

    await until("it shows the other", () => shown(terminal, "prompts") === "2");
    await terminal.type("q");
    equal(await terminal.ended(), 0);
    assertRestored(terminal);
  },
});

Deno.test("blueplane rebuild --live makes the picture anew, when Redis was emptied", async () => {
  await using redis = await RedisServer.start();
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const env = { ...machine.env, BLUEPLANE_REDIS_URL: redis.url };

  const sync = await runBinary(machine, ["sync"], { env });
  const livingKeys = async () => (await redis.command("KEYS", "*:live:*") as string[]).sort();
  const written = await livingKeys();
  await redis.flush();
  const rebuild = await runBinary(machine, ["rebuild", "--live"], { env });

  deepEqual([sync.code, sync.stderr, rebuild.code, rebuild.stderr], [0, "", 0, ""]);
  ok(written.length > 10);
  deepEqual(await livingKeys(), written);
  const off = await runBinary(machine, ["rebuild", "--live"]);
  deepEqual([off.code, off.stdout], [2, ""]);
});
