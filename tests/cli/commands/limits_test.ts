/** Tests of `blueplane limits`, run in this process. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

Deno.test("runLimits() tells what the status line saw, in every format", async () => {
  using machine = tempMachine();
  const clock = { now: () => NOON, sleep: nextTurn };
  const ask = (...args: string[]) => runHere(machine, ["limits", ...args], { clock });
  const none = await ask();
  const limits = [{ name: "five_hour" as SafeText, used_thousandths: 250 }];
  await tellHome(machine.home, makeEvent("status_seen", { id: "s", at: NOON - 5 }, { limits }));

  match(none.stdout, /^No limit was seen yet/);
  match((await ask()).stdout, /^ five hour +25\.0 % /m);
  match((await ask("-f", "csv")).stdout, /^claude_code,five_hour,0\.25,/m);
  match((await ask("-f", "markdown")).stdout, /^\| five hour \|/m);
  const { code, stdout } = await ask("--json");
  const { schema, limits: [limit] } = JSON.parse(stdout);
  equal(code, 0);
  deepEqual([schema, limit.used, limit.forecast], ["blueplane.limits/1", 0.25, null]);
});
