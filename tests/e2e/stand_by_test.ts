/** Tests of several servers on one home: one works, the others stand by and take over. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { seededRandom } from "../helpers/events.ts";
import {
  binaryPath,
  type Machine,
  runBinary,
  type Running,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { ProcessTransport } from "../mcp/process_transport.ts";
import { countedLines, GrowingTranscripts } from "./growing_transcripts.ts";
import { openLiveSocket } from "./live_socket.ts";

const isUnix = Deno.build.os !== "windows";
const SERVES = /^Blueplane is at (\S+) /m;

async function startStandBy(machine: Machine, ...args: string[]): Promise<Running> {
  const server = startBinary(machine, ["serve", "--port", "0", ...args]);
  await server.until("it stands by", () => server.stdout.startsWith("Standing by: "));
  return server;
}

/** Waits until one of the servers that stood by serves. */
async function successor(
  standing: readonly Running[],
): Promise<{ server: Running; url: string }> {
  const find = () => standing.find(({ stdout }) => SERVES.test(stdout));
  await until("one takes over", () => find() !== undefined);
  const server = find()!;
  return { server, url: SERVES.exec(server.stdout)![1]! };
}

async function serverOf(machine: Machine): Promise<{ pid: number; url: string } | null> {
  const { stdout } = await runBinary(machine, ["status", "--json"]);
  return JSON.parse(stdout).server;
}

async function prompts(url: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/metrics?period=all`);
  return (await response.json()).totals.user_prompts;
}

// Goal: a server that dies in mid-work is replaced, and every line counts once. Method: three
// servers on one home, and transcripts that grow all the time; whoever serves is killed after a
// number of lines drawn from a seed, until none is left; then one sync, and the totals.
Deno.test({
  name:
    "blueplane serve takes over from one that is killed in mid-work, and each line counts once",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    const random = seededRandom(20260302);
    const growing = new GrowingTranscripts(machine.claude, random);
    const grow = async (lines: number) => {
      for (let i = 0; i < lines; i++) {
        growing.write();
        if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    };
    let { server: first, url } = await startServe(machine);
    await using servers = new AsyncDisposableStack();
    servers.use(first);
    let standing = [await startStandBy(machine), await startStandBy(machine)];
    for (const server of standing) {
      servers.use(server);
      match(server.stdout, new RegExp(`runs already \\(pid ${first.pid}\\) at ${url};`));
    }
    while (standing.length > 0) {
      await grow(100 + Math.floor(random() * 400));
      await first.stop("SIGKILL");
      await grow(50);
      const next = await successor(standing);
      standing = standing.filter((server) => server !== next.server);
      const before = await prompts(next.url);
      await grow(100);
      await until("it reads on", async () => await prompts(next.url) > before);
      equal((await serverOf(machine))?.pid, next.server.pid);
      for (const { stdout } of standing) equal(SERVES.test(stdout), false, stdout);
      ({ server: first, url } = next);
    }
    growing.finish();
    await first.stop("SIGKILL");
    equal(first.stderr, "");

    equal((await runBinary(machine, ["sync"])).code, 0);
    deepEqual(await countedLines(machine), growing.written);
  },
});

Deno.test({
  name: "blueplane serve takes over on the same port from one that is stopped, and pages go on",
  ignore: !isUnix, // Windows has no signal to send.
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    const { server, url } = await startServe(machine);
    await using first = server;
    await using second = await startStandBy(machine, "--port", new URL(url).port);
    {
      await using _socket = await openLiveSocket(url);
      equal((await first.stop("SIGTERM")).code, 0);
    }
    equal((await successor([second])).url, url);
    transcript.prompt();
    await until("the new line is read", async () => await prompts(url) === 2);
    await using socket = await openLiveSocket(url);
    equal(socket.data.user_prompts, 2);
    equal((await second.stop("SIGTERM")).code, 0);
    deepEqual([first.stderr, second.stderr], ["", ""]);
    equal(existsSync(`${machine.home}/serve.json`), false);
  },
});

Deno.test({
  name: "blueplane serve ends at once, when it is stopped while it stands by",
  ignore: !isUnix, // Windows has no signal to send.
  async fn() {
    using machine = tempMachine();
    const { server, url } = await startServe(machine);
    await using _first = server;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      await using second = await startStandBy(machine);
      deepEqual([(await second.stop(signal)).code, second.stderr], [0, ""]);
    }
    equal((await serverOf(machine))?.url, url);
  },
});

Deno.test({
  name:
    "blueplane metrics, sync and mcp only read, beside one that serves and one that stands by",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    const { server, url } = await startServe(machine);
    await using _first = server;
    await using second = await startStandBy(machine);
    await until("it is read", async () => await prompts(url) === 1);
    const mcp = new Client({ name: "test", version: "1" });
    await mcp.connect(
      new ProcessTransport(binaryPath(), { args: ["mcp"], env: { ...machine.env } }),
    );
    const ask = () => mcp.callTool({ name: "get_current_metrics" });
    equal((await ask()).isError ?? false, false);
    const { code, stderr } = await runBinary(machine, ["sync"]);
    equal(code, 0);
    match(stderr, /^note: the server at \S+ (reads everything already|has read everything)\n$/);
    equal((await countedLines(machine)).user_prompts, 1);
    equal(SERVES.test(second.stdout), false);

    await server.stop("SIGKILL");
    transcript.prompt();
    // Either may be faster than the one that stands by, which then waits until it is done.
    equal((await ask()).isError ?? false, false);
    equal((await countedLines(machine)).user_prompts >= 1, true);
    await successor([second]);
    equal((await ask()).isError ?? false, false);
    await mcp.close();
    await until("all is read", async () => (await countedLines(machine)).user_prompts === 2);
    equal(second.stderr, "");
  },
});
