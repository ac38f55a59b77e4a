/** Tests of the examination of raw traces. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkTraces } from "../../../cli/doctor/traces_check.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { homeAt } from "../../../core/home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("checkTraces() counts blocks, and says how many are empty", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  deepEqual(checkTraces(home), []);
  new Transcript(machine.claude).prompt().response();
  await runHere(machine, ["sync"]);

  const [sound] = checkTraces(home);
  equal(sound?.severity, "ok");
  equal(sound?.numbers?.blocks_empty, 0);

  using db = openWriter(home.database);
  db.exec("update trace_blocks set body = x'', events = 3");
  const [empty] = checkTraces(home);
  equal(empty?.severity, "error");
  equal(empty?.numbers?.events_lost, 3 * Number(empty?.numbers?.blocks));
  match(empty!.remedy!, /sync --again/);
});
