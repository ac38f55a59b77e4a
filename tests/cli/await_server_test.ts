/** Tests of waiting for a server that reads. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { awaitServer } from "../../cli/await_server.ts";
import { type ServerNote, writeServerNote } from "../../cli/server_file.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { openWriter } from "../../core/open_writer.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const never = new AbortController().signal;

/** A home in which all is stored, and nothing is said to be read, until `read` is called. */
async function unread(machine: Machine) {
  for (const session of [1, 2]) new Transcript(machine.claude, { session }).prompt();
  await runHere(machine, ["sync"]);
  const change = (sql: string) => {
    using db = openWriter(`${machine.home}/telemetry.db`);
    db.exec(`pragma foreign_keys = off; ${sql}`);
  };
  change("create table kept_sources as select * from sources; delete from sources");
  return {
    read: (limit = -1) =>
      change(`insert or ignore into sources select * from kept_sources limit ${limit}`),
  };
}

/** Waits beside a server that does `work` whenever it is waited for, which takes a while. */
async function wait(
  machine: Machine,
  work: (waits: number) => unknown,
  tookMs = 250,
  signal = never,
  told: Partial<ServerNote> = {},
) {
  const io = recordedIo(machine, []);
  let waits = 0, now = Date.now();
  const sleep = async () => {
    now += tookMs;
    work(++waits);
    await Promise.resolve();
  };
  const clock = { ...io.clock, now: () => now, sleep };
  const workspace = openWorkspace({ ...io, clock }, { color: true, sync: true });
  using _lock = takeWriterLock(workspace.home.lock);
  using _note = writeServerNote(workspace.home, { pid: 7, url: "", started_at: "x", ...told });
  const has = await awaitServer(workspace, "with pid 7", { signal });
  return { has, waits };
}

Deno.test("awaitServer() waits until all that was there is read", async () => {
  using machine = tempMachine();
  const { read } = await unread(machine);
  const result = await wait(machine, (waits) => {
    if (waits === 2) read(1);
    if (waits === 5) read();
  });
  deepEqual(result, { has: true, waits: 5 });
  deepEqual(await wait(machine, () => {}), { has: false, waits: 0 });
});

Deno.test("awaitServer() does not wait for what is written after the first look", async () => {
  using machine = tempMachine();
  const { read } = await unread(machine);
  const transcript = new Transcript(machine.claude, { session: 1 });
  const result = await wait(machine, () => {
    read();
    transcript.prompt();
  });
  deepEqual(result, { has: true, waits: 1 });
});

Deno.test("awaitServer() gives up, when the server does nothing", async () => {
  using machine = tempMachine();
  await unread(machine);
  await rejects(
    wait(machine, () => {}, 10_000),
    /^Error: Cannot sync: the server with pid 7 has read nothing for a while; blueplane doctor/,
  );
});

Deno.test("awaitServer() says at once that a server was told to read nothing", async () => {
  using machine = tempMachine();
  const { read } = await unread(machine);
  await rejects(
    wait(machine, () => {}, 250, never, { captures: false }),
    /^Error: Cannot sync: the server with pid 7 reads nothing \(--no-capture\); blueplane stop/,
  );
  read();
  deepEqual(await wait(machine, () => {}, 250, never, { captures: false }), {
    has: false,
    waits: 0,
  });
});

Deno.test("awaitServer() says so, when the server ends meanwhile", async () => {
  using machine = tempMachine();
  await unread(machine);
  await rejects(
    wait(machine, () => Deno.removeSync(`${machine.home}/serve.json`)),
    /^Error: Cannot sync: the server with pid 7 ended before everything was read; try again$/,
  );
});

Deno.test("awaitServer() waits no longer, when it is interrupted", async () => {
  using machine = tempMachine();
  await unread(machine);
  const stop = new AbortController();
  const result = await wait(machine, (waits) => waits === 3 && stop.abort(), 250, stop.signal);
  deepEqual(result, { has: true, waits: 3 });
});

Deno.test("awaitServer() waits for nothing, when capture is paused", async () => {
  using machine = tempMachine();
  await unread(machine);
  equal((await runHere(machine, ["config", "set", "capture.paused", "true"])).code, 0);
  deepEqual(await wait(machine, () => {}), { has: false, waits: 0 });
});
