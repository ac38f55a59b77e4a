/** Tests of `blueplane serve` as a process: live numbers, its ends, and who may not start. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import {
  binaryPath,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openLiveSocket } from "./live_socket.ts";
import { Tmux } from "./tmux.ts";

const isUnix = Deno.build.os !== "windows";
/** How long an appended line may take to be seen. */
const LIVE_WITHIN_MS = 2000;

async function prompts(url: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/metrics?period=all`);
  return (await response.json()).totals.user_prompts;
}

Deno.test("blueplane serve shows an appended line over HTTP and WebSocket at once", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { server, url } = await startServe(machine);
  await using _server = server;
  await until("what is there is read", async () => await prompts(url) === 1);
  await using socket = await openLiveSocket(url);
  equal(JSON.parse(socket.messages[0]!).type, "snapshot");
  equal(socket.data.user_prompts, 1);

  transcript.prompt();
  await until("HTTP shows it", async () => await prompts(url) === 2, LIVE_WITHIN_MS);
  transcript.prompt();
  await until("the socket shows it", () => socket.data.user_prompts === 3, LIVE_WITHIN_MS);

  const change = JSON.parse(socket.messages.at(-1)!);
  deepEqual([change.schema, change.type], ["blueplane.live/1", "change"]);
  equal(server.stderr, "");
});

Deno.test({
  name: "blueplane serve drains and leaves no serve.json on SIGINT and SIGTERM",
  ignore: !isUnix, // Windows has neither signal to send.
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { server, url } = await startServe(machine);
      await using _server = server;
      await using socket = await openLiveSocket(url);
      const before = socket.data.user_prompts!;
      for (let i = 0; i < 500; i++) transcript.prompt();
      await until("some are read", () => socket.data.user_prompts! > before);

      const { code } = await server.stop(signal);
      const { stdout } = await runBinary(machine, ["status", "--json"]);

      deepEqual({ code, stderr: server.stderr }, { code: 0, stderr: "" });
      equal(existsSync(`${machine.home}/serve.json`), false);
      const { queue, server: note } = JSON.parse(stdout);
      deepEqual([queue.events, queue.changes, queue.dead_letters, note], [0, 0, 0, null]);
    }
    const { stdout } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);
    equal(JSON.parse(stdout).totals.user_prompts, 1001);
  },
});

Deno.test("blueplane serve refuses to share a port, and sync leaves reading to it", async () => {
  using machine = tempMachine();
  using other = tempMachine();
  const { server, url } = await startServe(machine);
  await using _server = server;
  const { port } = new URL(url);

  const sharing = await runBinary(other, ["serve", "--port", port]);
  const sync = await runBinary(machine, ["sync"]);

  deepEqual([sharing.code, sharing.stdout], [1, ""]);
  match(sharing.stderr, /^error: Cannot listen on 127\.0\.0\.1:\d+: the port is in use; .*\n$/);
  equal(sync.stderr, `note: the server at ${url} reads everything already\n`);
  equal((await runBinary(machine, ["status"])).code, 0);
});

Deno.test("blueplane serve completes a last line that was half-written", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { server, url } = await startServe(machine);
  await using _server = server;
  const line = transcript.line("user", { message: { role: "user", content: "Second" } });
  const bytes = new TextEncoder().encode(`${line}\n`);
  transcript.write(bytes.subarray(0, 150));
  new Transcript(machine.claude, { session: 2 }).prompt();
  await until("the other file is read", async () => await prompts(url) === 2);

  transcript.write(bytes.subarray(150));
  await until("the line is read", async () => await prompts(url) === 3, LIVE_WITHIN_MS);

  await server.stop("SIGTERM");
  const { stdout } = await runBinary(machine, ["status", "--json"]);
  deepEqual(JSON.parse(stdout).lines, { read: 3, malformed: 0, unknown: 0 });
  ok(server.stderr === "", server.stderr);
});

Deno.test({
  name: "blueplane serve ends as with Ctrl+C, when its window is closed",
  // No tmux there.
  ignore: !isUnix,
  async fn() {
    using machine = tempMachine();
    const note = `${machine.home}/serve.json`;
    {
      await using tmux = new Tmux(machine.path, machine.env);
      await tmux.start(80, 24);
      await tmux.enter(`${binaryPath()} serve --port 0`);
      await until("it serves", () => existsSync(note));
    }
    await until("its note is gone", () => !existsSync(note));
  },
});
