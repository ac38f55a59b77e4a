/** Tests of `blueplane insights dismiss`, `restore`, `mute` and `unmute`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

const KIND = "errors.repeated_failures";

async function insights(machine: Machine, ...args: string[]) {
  const { code, stdout, stderr } = await runHere(machine, ["insights", ...args]);
  return { code, stdout, stderr };
}

/** A machine on which a tool failed three times in a row, and what is shown of it. */
async function failedMachine() {
  const machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  for (let i = 0; i < 3; i++) {
    transcript.response({ tool: "Bash" }).result({ content: "Exit code 1", isError: true });
  }
  const list = async (...args: string[]) =>
    JSON.parse((await insights(machine, "--json", ...args)).stdout);
  const { insights: [{ id }] } = await list();
  return { machine, list, id, [Symbol.dispose]: () => machine[Symbol.dispose]() };
}

Deno.test("runInsightDismiss() hides an insight until it is restored", async () => {
  using failed = await failedMachine();
  const { machine, list, id } = failed;

  const dismissed = await insights(machine, "dismiss", id);
  const shown = await insights(machine);
  const hidden = await list("--hidden");
  const restored = await insights(machine, "restore", id);

  equal(dismissed.stdout, "Dismissed: Bash failed 3 times in a row\n");
  equal(shown.stdout, "Nothing found.\n\n1 dismissed; --hidden shows them\n");
  deepEqual(hidden.insights.map(({ state }: { state: string }) => state), ["dismissed"]);
  equal(restored.stdout, "It is shown again.\n");
  equal((await list()).total, 1);
  equal((await insights(machine, "restore", id)).stdout, "It was not dismissed.\n");
});

Deno.test("runInsightMute() hides a kind until it is unmuted", async () => {
  using failed = await failedMachine();
  const { machine, list } = failed;

  const muted = await insights(machine, "mute", KIND, "--json");
  const hidden = await list();
  await insights(machine, "unmute", KIND);

  deepEqual(JSON.parse(muted.stdout), { schema: "blueplane.insight_change/1", changed: true });
  deepEqual([hidden.total, hidden.hidden], [0, { dismissed: 0, muted: 1 }]);
  equal((await list()).total, 1);
});

Deno.test("runInsightDismiss() says so, when there is no such insight", async () => {
  using machine = tempMachine();
  const { code, stderr } = await insights(machine, "dismiss", "1a2b3c4d");
  equal(code, 3);
  equal(stderr, "error: Cannot dismiss this insight: there is none with this id\n");
});

Deno.test("runInsightMute() names the nearest kind, when there is no such one", async () => {
  using machine = tempMachine();
  const { code, stderr } = await insights(machine, "mute", "errors.repeated_failure");
  equal(code, 2);
  match(stderr, /did you mean errors\.repeated_failures\?$/m);
  equal(
    (await insights(machine, "mute", "foo")).stderr,
    "error: Cannot mute insights: 'foo' is no kind; " +
      "blueplane insights --json shows that of each\n",
  );
});
