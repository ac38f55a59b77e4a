/** Tests of the examination of the archive. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkArchive } from "../../../cli/doctor/archive_check.ts";
import { homeAt } from "../../../core/home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("checkArchive() says nothing of no archive, and counts what is in one", async () => {
  using machine = tempMachine();
  deepEqual(checkArchive(homeAt(machine.home)), []);
  new Transcript(machine.claude).prompt().response();
  await runHere(machine, ["archive", "--older-than", "0d"]);
  deepEqual(checkArchive(homeAt(machine.home)), []);

  await runHere(machine, ["sync"]);
  await runHere(machine, ["archive", "--older-than", "0d"]);

  const [finding] = checkArchive(homeAt(machine.home));
  equal(finding?.severity, "ok");
  equal(finding?.numbers?.archive_parts, 1);
});

Deno.test("checkArchive() names a file that is gone", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  await runHere(machine, ["archive", "--older-than", "0d"]);
  Deno.removeSync(`${machine.home}/archive`, { recursive: true });

  const [finding] = checkArchive(homeAt(machine.home));

  equal(finding?.severity, "error");
  match(
    finding!.title,
    /archive\/platform=claude_code\/month=[\d-]+\/part-000001\.parquet \(missing\)/,
  );
});
