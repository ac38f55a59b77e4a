/** Tests of `blueplane completions`: the words are those of the command table. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

for (const shell of ["bash", "zsh", "fish"]) {
  Deno.test(`runCompletions() prints what ${shell} needs, and makes no folder`, async () => {
    using machine = tempMachine();
    const { code, stdout, stderr } = await runHere(machine, ["completions", shell]);
    deepEqual([code, stderr], [0, ""]);
    for (const word of ["metrics", "--group-by", "weekday", "claude-code", "web.port", "30d"]) {
      equal(stdout.includes(word), true, word);
    }
    match(stdout, new RegExp(`blueplane completions ${shell}`));
    equal(existsSync(machine.home), false);
  });
}

Deno.test("runCompletions() names the shells, when it is another", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["completions", "tcsh"]);
  equal(code, 2);
  equal(stderr, "error: Cannot use 'tcsh' for <shell>: allowed choices are bash, zsh, fish\n");
});
