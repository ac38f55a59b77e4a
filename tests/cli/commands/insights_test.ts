/** Tests of `blueplane insights`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

const NOON = Date.UTC(2026, 2, 1, 12);
const CLOCK = { now: () => NOON, sleep: nextTurn };

async function insights(machine: Machine, ...args: string[]) {
  const { code, stdout, stderr } = await runHere(machine, ["insights", ...args], {
    clock: CLOCK,
  });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return stdout;
}

/** A session in which a tool failed so often in a row. */
function writeFailures(
  machine: Machine,
  count: number,
  session = 1,
  cwd = "/home/ada/engine",
): Transcript {
  const transcript = new Transcript(machine.claude, { session, cwd, startedAt: NOON - 60_000 });
  transcript.prompt();
  for (let i = 0; i < count; i++) {
    transcript.response({ tool: "Bash" }).result({ content: "Exit code 1", isError: true });
  }
  return transcript;
}

Deno.test("runInsights() tells what was found, where, of how many, and what to do", async () => {
  using machine = tempMachine();
  const { sessionId } = writeFailures(machine, 3);
  const [title, place, numbers, suggestion] = (await insights(machine)).split("\n");
  equal(title, "low     Bash failed 3 times in a row");
  equal(place, `        engine, session ${sessionId.slice(0, 8)}, 1 min ago`);
  match(
    numbers!,
    /^ {8}n = 3 calls of the tool, could save 4 s \[[0-9a-f]{8}\], errors\.repeated_failures$/,
  );
  match(suggestion!, /^ {8}→ [A-Z]/);
});

Deno.test("runInsights() says a suggestion once, for all that it helps", async () => {
  using machine = tempMachine();
  writeFailures(machine, 3);
  writeFailures(machine, 4, 2, "/home/ada/shop");
  const stdout = await insights(machine);
  equal(stdout.match(/times in a row/g)?.length, 2);
  equal(stdout.match(/→ (?!as for \[[0-9a-f]{8}\]$)/gm)?.length, 1);
});

Deno.test("runInsights() prints the document as JSON and nothing else", async () => {
  using machine = tempMachine();
  writeFailures(machine, 3);
  const document = JSON.parse(await insights(machine, "--json"));
  deepEqual(Object.keys(document), ["schema", "insights", "total", "hidden", "coverage"]);
  equal(document.schema, "blueplane.insights/1");
  deepEqual(document.insights[0].numbers, { streak: 3 });
  equal(document.insights[0].project_label, "engine");
});

Deno.test("runInsights() shows one type alone, when that is asked for", async () => {
  using machine = tempMachine();
  writeFailures(machine, 3);
  match(await insights(machine, "--type", "errors"), /Bash failed/);
  match(await insights(machine, "--type", "all"), /Bash failed/);
  equal(await insights(machine, "--type", "context"), "Nothing found.\n");
});

Deno.test("runInsights() knows no other type", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["insights", "--type", "luck"]);
  equal(code, 2);
  match(stderr, /^error: .*luck/);
});

Deno.test("runInsights() shows a part, and says of how many", async () => {
  using machine = tempMachine();
  for (let session = 1; session <= 3; session++) {
    writeFailures(machine, 3, session, `/home/ada/engine${session}`);
  }
  match(await insights(machine, "-n", "2"), /^2 of 3; -n 0 shows all$/m);
});

Deno.test("runInsights() says so, when nothing was found", async () => {
  using machine = tempMachine();
  writeFailures(machine, 2);
  equal(await insights(machine), "Nothing found.\n");
});

Deno.test("runInsights() shows those of one priority alone, when that is asked for", async () => {
  using machine = tempMachine();
  writeFailures(machine, 3);
  match(await insights(machine, "--priority", "low"), /Bash failed/);
  equal(await insights(machine, "--priority", "high"), "Nothing found.\n");
});

Deno.test("runInsights() prints JSON, CSV and Markdown, without notes between rows", async () => {
  using machine = tempMachine();
  for (let session = 1; session <= 2; session++) writeFailures(machine, 3, session);
  const csv = (await insights(machine, "-n", "1", "-f", "csv")).split("\r\n");
  equal(csv.length, 3);
  match(csv[1]!, /^errors\.repeated_failures,errors,Bash failed 3 times in a row,/);
  const markdown = (await insights(machine, "-n", "1", "-f", "markdown")).split("\n");
  equal(markdown.length, 4);
  match(markdown[2]!, /^\| Bash failed 3 times in a row \|/);
  equal(await insights(machine, "-f", "json"), await insights(machine, "--json"));
});
