/** Tests of showing how far a purge is. */

import { equal, match } from "node:assert/strict";
import { withPurgeProgress } from "../../cli/purge_progress.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { openWriter } from "../../core/open_writer.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { nextTurn } from "../pipeline/pass_time.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("withPurgeProgress() draws a bar while one goes on, and gives the answer", async () => {
  using machine = tempMachine();
  const clock = new VirtualClock();
  const io = recordedIo(machine, [], { clock, isTerminal: true });
  const workspace = openWorkspace(io, { color: true, sync: true });
  using db = openWriter(workspace.home.database);
  db.exec("insert into purges (id, events, events_done) values (1, 100, 40)");
  const work = Promise.withResolvers<string>();
  const answer = withPurgeProgress(workspace, work.promise);
  for (let turn = 0; turn < 4; turn++) {
    await nextTurn();
    clock.advance(300);
  }
  work.resolve("done");
  equal(await answer, "done");
  match(io.stderr.text, /purging ━+╌+ 40 % {2}40\/100 events/);
});
