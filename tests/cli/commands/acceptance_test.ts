/** Tests of `blueplane acceptance`; what it tells of a session is in `tests/e2e`. */

import { equal, match, ok } from "node:assert/strict";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

const CLOCK = { now: () => Date.UTC(2026, 2, 1, 12), sleep: nextTurn };

function ask(machine: Machine, ...args: string[]) {
  return runHere(machine, ["acceptance", ...args], { clock: CLOCK });
}

/** A session with a call that failed. */
function writeSession(machine: Machine): void {
  new Transcript(machine.claude, { startedAt: CLOCK.now() - 60_000 }).prompt()
    .response({ tool: "Bash", input: { command: "make" } })
    .result({ content: "Exit code 1", isError: true });
}

Deno.test("runAcceptance() shows the headline, the cost and short tables", async () => {
  using machine = tempMachine();
  writeSession(machine);

  const { code, stdout } = await ask(machine);

  equal(code, 0);
  match(stdout, /^ last 24h/);
  match(stdout, /calls that failed +\S+ +100\.0 %/);
  match(stdout, /^ tool +accepted/m);
  match(stdout, /^ Bash +–/m);
});

Deno.test("runAcceptance() shows one dimension, when that is asked for", async () => {
  using machine = tempMachine();
  writeSession(machine);

  const { stdout } = await ask(machine, "--by", "platform");

  match(stdout, /^ platform +accepted/);
  match(stdout, /^ Claude Code /m);
  ok(!stdout.includes("calls that failed"));
});

Deno.test("runAcceptance() says that there is nothing, when there is nothing", async () => {
  using machine = tempMachine();

  match((await ask(machine)).stdout, /^No sessions yet;/);
});

Deno.test("runAcceptance() refuses a dimension and a time that there are not", async () => {
  using machine = tempMachine();

  for (const args of [["--by", "mood"], ["--since", "soon"]]) {
    const { code, stderr } = await ask(machine, ...args);
    equal(code, 2);
    match(stderr, /^error: /);
  }
});
