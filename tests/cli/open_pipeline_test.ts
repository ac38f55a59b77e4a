/** Tests of opening a pipeline in this process, by whoever may. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { markCaptureHome } from "../../cli/capture_home.ts";
import { openPipeline, openPipelineHere, withOwnPipeline } from "../../cli/open_pipeline.ts";
import { readServerNote, writeServerNote } from "../../cli/server_file.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { promptTexts } from "../helpers/events.ts";
import { recordedIo } from "./recorded_io.ts";

function open(machine: Machine) {
  return openWorkspace(recordedIo(machine, []), { color: false, sync: true });
}

Deno.test("openPipeline() processes nothing in a folder that captures for another", async () => {
  using machine = tempMachine();
  const workspace = open(machine);
  markCaptureHome(workspace.home, 0);
  const refused = /^Cannot process events: this machine only captures/;

  for (const opened of [openPipelineHere(workspace), openPipeline(workspace, 1e9)]) {
    await rejects(opened, ({ message }: Error) => refused.test(message));
  }
});

Deno.test("withOwnPipeline() gives a pipeline, and closes it and the lock behind it", async () => {
  using machine = tempMachine();
  const workspace = open(machine);

  const depth = await withOwnPipeline(workspace, "try it", async (pipeline) => {
    equal(takeWriterLock(workspace.home.lock), undefined);
    await pipeline.accept(promptTexts(3), []);
    await pipeline.drain();
    return 3;
  });

  equal(depth, 3);
  using lock = takeWriterLock(workspace.home.lock);
  deepEqual(lock?.path, workspace.home.lock);
});

Deno.test("withOwnPipeline() is not taken for the server that died before", async () => {
  using machine = tempMachine();
  const workspace = open(machine);
  // Of one without a page, that was killed.
  writeServerNote(workspace.home, { pid: 4242, url: "", started_at: "2026-03-01T12:00:00.000Z" });

  await withOwnPipeline(workspace, "try it", async () => {
    equal(readServerNote(workspace.home), undefined);
  });
});

Deno.test("withOwnPipeline() says so, when another process writes", async () => {
  using machine = tempMachine();
  const workspace = open(machine);
  using _lock = takeWriterLock(workspace.home.lock);

  await rejects(withOwnPipeline(workspace, "try it", () => Promise.resolve()), {
    message: "Cannot try it: another blueplane is writing; try again when it is done",
  });
});
