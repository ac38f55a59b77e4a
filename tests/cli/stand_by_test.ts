/** Tests of standing by: who waits, what is said, and when it is one's turn. */

import { deepEqual, equal } from "node:assert/strict";
import type { Globals } from "../../cli/cli.ts";
import { type ServerNote, writeServerNote } from "../../cli/server_file.ts";
import { awaitTurn } from "../../cli/stand_by.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { systemClock } from "../../core/clock.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { type Machine, tempMachine, until } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const GLOBALS: Globals = { color: true, sync: true };
const NOTE = { pid: 7, url: "", started_at: "2026-03-01T12:00:00.000Z" };
/** Waits that would take a quarter of a second take none. */
const HURRIED = {
  ...systemClock,
  sleep: (_timeoutMs: number, signal?: AbortSignal) => systemClock.sleep(1, signal),
};

function open(machine: Machine) {
  const io = recordedIo(machine, [], { clock: HURRIED });
  return { io, workspace: openWorkspace(io, GLOBALS) };
}

Deno.test("awaitTurn() gives the lock at once and says nothing, when it is free", async () => {
  using machine = tempMachine();
  const { io, workspace } = open(machine);

  const turn = await awaitTurn(workspace, new AbortController().signal);

  using _lock = turn!.lock;
  deepEqual([turn!.hasWaited, io.stdout.text, io.stderr.text], [false, "", ""]);
});

Deno.test("awaitTurn() names the server once and takes over, when that ends", async () => {
  using machine = tempMachine();
  const { io, workspace } = open(machine);
  const lock = takeWriterLock(workspace.home.lock)!;
  writeServerNote(workspace.home, NOTE);
  const firsts: ServerNote[] = [];
  let hasTurn = false;
  const waiting = awaitTurn(
    workspace,
    new AbortController().signal,
    (first) => firsts.push(first),
  ).finally(() => hasTurn = true);
  await until("it stands by", () => io.stdout.text !== "");
  equal(hasTurn, false);

  lock[Symbol.dispose]();

  const turn = await waiting;
  using _lock = turn!.lock;
  equal(turn!.hasWaited, true);
  deepEqual(firsts, [NOTE]);
  equal(
    io.stdout.text,
    "Standing by: a server runs already (pid 7); this one takes over when it ends\n",
  );
});

Deno.test("awaitTurn() names nobody, when it is no server that holds the lock", async () => {
  using machine = tempMachine();
  const { io, workspace } = open(machine);
  using _held = takeWriterLock(workspace.home.lock)!;
  const stop = new AbortController();
  const waiting = awaitTurn(workspace, stop.signal);
  await until("it stands by", () => io.stdout.text !== "");

  stop.abort();

  equal(await waiting, undefined);
  equal(
    io.stdout.text,
    "Standing by: another blueplane is reading; this one starts when it is done\n",
  );
});

Deno.test("awaitTurn() takes nothing, when it was stopped before", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine);
  equal(await awaitTurn(workspace, AbortSignal.abort()), undefined);
  using lock = takeWriterLock(workspace.home.lock);
  equal(lock === undefined, false);
});
