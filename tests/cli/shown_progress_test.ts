/** Tests of `cli/shown_progress.ts`; what is drawn is held where each command is tested. */

import { equal, ok, rejects } from "node:assert/strict";
import { withShownProgress } from "../../cli/shown_progress.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

function open(machine: Machine, quiet?: true) {
  return openWorkspace(recordedIo(machine, []), { color: false, sync: true, quiet });
}

Deno.test("withShownProgress() looks while work lasts, and gives what it gives", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const looked = Promise.withResolvers<number>();

  const given = await withShownProgress(open(machine), looked.promise, (_bar, db) => {
    looked.resolve(db.prepare("select count(*) as n from sessions").get()?.n as number);
  });

  equal(given, 1);
});

Deno.test("withShownProgress() ends with work that fails, and can be quiet", async () => {
  using machine = tempMachine();
  let looks = 0;
  const draw = () => void looks++;
  const fail = new RangeError("Cannot go on: it ended");

  await rejects(() => withShownProgress(open(machine), Promise.reject(fail), draw), fail);
  ok(await withShownProgress(open(machine, true), Promise.resolve(true), draw));
  equal(looks, 0);
});
