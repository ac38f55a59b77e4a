/** Tests of the examination of the key. */

import { deepEqual, match } from "node:assert/strict";
import { checkKey } from "../../../cli/doctor/key_check.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { homeAt } from "../../../core/home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("checkKey() knows the key of the data from another one", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const home = homeAt(machine.home);
  using db = openWriter(home.database);
  const own = Deno.readFileSync(home.key);
  const found = () => checkKey(home, db).map(({ severity, title }) => `${severity}: ${title}`);

  deepEqual(found(), ["ok: install.key is the one that the data was made with"]);
  Deno.writeFileSync(home.key, own.map((byte) => byte ^ 1));
  match(found().join(), /^error: install\.key is not the one that the data was made with: /);
});

Deno.test("checkKey() has nothing to say of what was never begun", () => {
  using machine = tempMachine();
  using db = openWriter(":memory:");
  deepEqual(checkKey(homeAt(machine.home), db), []);
});
