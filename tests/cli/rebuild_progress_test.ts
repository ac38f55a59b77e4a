/** Tests of showing how far a rebuild is. */

import { equal, match, rejects } from "node:assert/strict";
import { isRebuilding, withRebuildProgress } from "../../cli/rebuild_progress.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { type Machine, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { breakOffRebuild } from "./break_off_rebuild.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

async function fill(machine: Machine): Promise<void> {
  new Transcript(machine.claude).prompt().response();
  await runHere(machine, ["sync"]);
}

function open(machine: Machine, quiet?: true) {
  const io = recordedIo(machine, []);
  return { io, workspace: openWorkspace(io, { color: true, sync: true, quiet }) };
}

Deno.test("withRebuildProgress() says that a rebuild goes on, and gives the answer", async () => {
  using machine = tempMachine();
  await fill(machine);
  breakOffRebuild(machine);
  const { io, workspace } = open(machine);
  const work = Promise.withResolvers<number>();

  const waiting = withRebuildProgress(workspace, work.promise, "this waits");
  await until("it is told", () => io.stderr.text !== "");
  work.resolve(7);

  equal(await waiting, 7);
  equal(io.stderr.text, "note: this waits\n");
});

Deno.test("withRebuildProgress() says nothing, when none goes on or with --quiet", async () => {
  using machine = tempMachine();
  await fill(machine);
  const wait = async (quiet?: true) => {
    const { io, workspace } = open(machine, quiet);
    await withRebuildProgress(workspace, new Promise((resolve) => setTimeout(resolve, 400)));
    return io.stderr.text;
  };
  equal(await wait(), "");
  breakOffRebuild(machine);
  equal(await wait(true), "");
});

Deno.test("withRebuildProgress() throws what the work throws", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine);
  const work = Promise.reject(new RangeError("Cannot go on: it ended"));
  await rejects(() => withRebuildProgress(workspace, work), RangeError);
});

Deno.test("isRebuilding() knows a rebuild that was broken off, and that it is done", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine);
  equal(isRebuilding(workspace), false);
  await fill(machine);
  breakOffRebuild(machine);
  equal(isRebuilding(workspace), true);
  match((await runHere(machine, ["sync"])).stdout, /^Claude Code: nothing new/);
  equal(isRebuilding(workspace), false);
});
