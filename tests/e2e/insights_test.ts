/** Tests of insights as a user sees them, without a server and beside one. */

import { deepEqual, equal, match } from "node:assert/strict";
import {
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

async function list(machine: Machine, ...args: string[]) {
  const { stdout } = await runBinary(machine, ["insights", "--json", ...args]);
  return JSON.parse(stdout);
}

/** A session in which a tool failed so often, and edits of code that nothing tested. */
function writeSession(machine: Machine): void {
  const transcript = new Transcript(machine.claude).prompt();
  for (let i = 0; i < 4; i++) {
    transcript.response({ tool: "Bash", input: { command: "git status" } })
      .result({ content: "Exit code 1", isError: true });
  }
  const lines = Array.from({ length: 20 }, () => "+line");
  for (let i = 0; i < 9; i++) {
    transcript.response({ tool: "Edit", input: { file_path: "/home/ada/engine/a.ts" } })
      .result({ toolUseResult: { structuredPatch: [{ lines }] } });
  }
}

Deno.test("blueplane insights tells what was found, and remembers choices", async () => {
  using machine = tempMachine();
  writeSession(machine);

  const text = (await runBinary(machine, ["insights"])).stdout;
  match(text, /Bash failed 4 times in a row/);
  match(text, /9 edits of code, 180 lines, and no test was run/);
  const { insights } = await list(machine);
  const { id } = insights.find(({ type }: { type: string }) => type === "errors");

  equal((await runBinary(machine, ["insights", "dismiss", id])).code, 0);
  deepEqual((await list(machine, "--type", "errors")).hidden, { dismissed: 1, muted: 0 });
  await runBinary(machine, ["rebuild"]);
  equal((await list(machine, "--type", "errors")).total, 0);
});

Deno.test("blueplane insights mute and dismiss work beside a running server", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const { server, url } = await startServe(machine);
  await using _server = server;
  await until("all is found", async () => (await list(machine)).total === 2);
  const answer = await fetch(`${url}/api/v1/insights?type=errors`);
  const { insights: [{ id }] } = await answer.json();

  const dismissed = await runBinary(machine, ["insights", "dismiss", id]);
  const muted = await runBinary(machine, ["insights", "mute", "patterns.untested_edits"]);

  deepEqual([dismissed.code, muted.code], [0, 0]);
  deepEqual((await list(machine)).hidden, { dismissed: 1, muted: 1 });
  equal((await runBinary(machine, ["insights", "restore", id])).stdout, "It is shown again.\n");
  equal((await list(machine)).total, 1);
});
