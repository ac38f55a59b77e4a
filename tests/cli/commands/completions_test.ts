/** Tests of `blueplane completions`: the words are those of the command table. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
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

Deno.test("runCompletions() names the shells, when none is named", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["completions"]);
  deepEqual([code, stderr], [
    2,
    "error: Cannot run the command: <shell> is missing (one of bash, zsh, fish)\n",
  ]);
});

Deno.test("runCompletions() tells words of the data, if there are any", async () => {
  using machine = tempMachine();
  const words = async (...args: string[]) =>
    (await runHere(machine, ["completions", "--words", ...args])).stdout;
  equal(await words("sessions"), "");
  equal(existsSync(machine.home), false);
  const { sessionId } = new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  match(
    await words("sessions", "--beginning", "0"),
    new RegExp(`^${sessionId}\tengine, .* ago\n$`),
  );
  equal(await words("projects"), "engine\n");
  equal(await words("sessions", "--beginning", "f"), "");
});
