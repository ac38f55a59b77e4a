/** Tests of the session that the user names; `core/reports/session_ids.ts` has the rules. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { runHere } from "./recorded_io.ts";

const REPORTS = ["metrics", "sessions", "insights"] as const;

async function refusal(machine: Machine, ...args: string[]) {
  const { code, stdout, stderr } = await runHere(machine, args);
  equal(stdout, "");
  return [code, stderr] as const;
}

Deno.test("chosenSession() takes the beginning that a table prints", async () => {
  using machine = tempMachine();
  const { sessionId } = new Transcript(machine.claude).prompt();
  new Transcript(machine.claude, { session: 2 }).prompt();
  const table = await runHere(machine, ["sessions", "--session", sessionId]);
  const printed = /^ ?(\w{8}) /m.exec(table.stdout.split("\n")[1]!)![1]!;
  equal(printed, sessionId.slice(0, 8));

  const { stdout } = await runHere(machine, ["sessions", "--json", "--session", printed]);
  const found = JSON.parse(stdout).sessions;
  deepEqual(found.map((one: { session_id: string }) => one.session_id), [sessionId]);
  const numbers = await runHere(machine, ["metrics", "--json", "--session", printed]);
  equal(JSON.parse(numbers.stdout).totals.sessions, 1);
  equal((await runHere(machine, ["insights", "--session", printed])).code, 0);
});

Deno.test("chosenSession() says that a session is not there, with exit code 3", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  for (const report of REPORTS) {
    for (const more of [[], ["--json"], ["--no-sync"]]) {
      deepEqual(await refusal(machine, report, "--session", "0000000f", ...more), [
        3,
        "error: Cannot find the session: there is none with the id '0000000f'\n",
      ]);
    }
  }
});

Deno.test("chosenSession() lists those that begin alike, as a wrong use", async () => {
  using machine = tempMachine();
  const sessions = [0x10, 0x11].map((session) =>
    new Transcript(machine.claude, { session }).prompt().sessionId
  );
  for (const report of REPORTS) {
    deepEqual(await refusal(machine, report, "--session", "0000001"), [
      2,
      "error: Cannot tell the session: several begin with '0000001': " +
      `${sessions.join(", ")}\n`,
    ]);
  }
  for (let session = 0x12; session < 0x18; session++) {
    new Transcript(machine.claude, { session }).prompt();
  }
  const [, stderr] = await refusal(machine, "metrics", "--session", "0000001");
  match(stderr, /00000014-0000-4000-8000-00000000cafe and 3 more\n$/);
});

Deno.test("chosenSession() says how much of an id it takes, when less is given", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  deepEqual(await refusal(machine, "analyze", "0"), [
    3,
    "error: Cannot find the session: there is none with the id '0', " +
    "and a beginning has 4 characters or more\n",
  ]);
});

Deno.test("chosenSession() takes last for the latest, wherever a session is named", async () => {
  using machine = tempMachine();
  deepEqual(await refusal(machine, "analyze", "last"), [
    3,
    "error: Cannot find the last session: there is none yet\n",
  ]);
  new Transcript(machine.claude, { session: 0x10 }).prompt();
  const { sessionId } = new Transcript(machine.claude, { session: 0x11 }).prompt().prompt();
  const analyzed = await runHere(machine, ["analyze", "last", "--json"]);
  equal(JSON.parse(analyzed.stdout).session.session_id, sessionId);
  const counted = await runHere(machine, ["metrics", "-p", "all", "--session", "last", "--json"]);
  equal(JSON.parse(counted.stdout).totals.user_prompts, 2);
});
