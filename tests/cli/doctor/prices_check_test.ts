/** Tests of the examination of the user's own prices. */

import { deepEqual } from "node:assert/strict";
import { checkOwnPrices } from "../../../cli/doctor/prices_check.ts";
import { writePrivateFile } from "../../../core/home.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("checkOwnPrices() tells whether they count, or cannot be understood", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const workspace = openForDoctor(machine), path = workspace.home.prices;
  using db = openWriter(workspace.home.database);
  const found = async () =>
    (await checkOwnPrices(workspace, db)).map(({ severity, title }) => `${severity}: ${title}`);

  deepEqual(await found(), []);
  writePrivateFile(path, '{"a": {"input": 1, "output": 2, "cache_read": 0}}');
  deepEqual(await found(), ["note: Your own prices have changed, and do not count yet"]);
  await runHere(machine, ["sync"]);
  deepEqual(await found(), ["ok: Your own prices (prices.json) come first"]);
  writePrivateFile(path, "{");
  deepEqual(await found(), ["error: Cannot read prices.json: close brace expected in line 1"]);
  Deno.removeSync(path);
  deepEqual(await found(), ["note: Your own prices have changed, and do not count yet"]);
});
