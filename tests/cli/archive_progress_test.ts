/** Tests of what is shown while old events are archived. */

import { equal, match } from "node:assert/strict";
import { withArchiveProgress } from "../../cli/archive_progress.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { nextTurn } from "../pipeline/pass_time.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

Deno.test("withArchiveProgress() counts on a terminal, and is silent elsewhere", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await runHere(machine, ["sync"]);
  for (const isTerminal of [true, false]) {
    let now = 0;
    const clock = { now: () => now += 1000, sleep: nextTurn };
    const io = recordedIo(machine, [], { isTerminal, clock });
    const work = async () => {
      for (let turn = 0; turn < 50; turn++) await nextTurn();
      return "done";
    };

    equal(
      await withArchiveProgress(openWorkspace(io, { color: true, sync: true }), work),
      "done",
    );

    if (isTerminal) match(io.stderr.text, /archiving {2}0 events/);
    else equal(io.stderr.text, "");
  }
});
