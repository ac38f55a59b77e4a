/** Tests of one session in depth with the binary: a shared one, counted by hand. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Machine, runBinary, tempMachine } from "../helpers/run_blueplane.ts";

const corpus = decodeURIComponent(
  new URL("../../../shared/corpus/claude/entire-cli", import.meta.url).pathname,
);
const FOLDER = "-Users-paul-src-entireio-cli";
const ID = "cde341db-b80a-44f5-b0f2-94db2ef7a164";

/** A machine with that session, and all that its project has beside it. */
function sharedMachine(): Machine {
  const machine = tempMachine();
  const folder = `${machine.claude}/projects/${FOLDER}`;
  Deno.mkdirSync(folder);
  for (const { name, isFile } of Deno.readDirSync(`${corpus}/${FOLDER}`)) {
    if (isFile) Deno.copyFileSync(`${corpus}/${FOLDER}/${name}`, `${folder}/${name}`);
  }
  return machine;
}

Deno.test("blueplane analyze tells of a real session what its lines say", async () => {
  using machine = sharedMachine();
  const { code, stdout, stderr } = await runBinary(machine, ["analyze", "cde341db", "--json"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  const { schema, session, turns, tools, files } = JSON.parse(stdout);

  deepEqual([schema, session.session_id], ["blueplane.analyze/1", ID]);
  deepEqual([session.started_at, session.ended_at], [
    "2026-01-16T00:14:20.168Z",
    "2026-01-16T00:42:39.022Z",
  ]);
  deepEqual(session.tokens, {
    input: 70,
    output: 12_098,
    cache_read: 2_995_725,
    cache_creation: 99_805,
  });
  deepEqual(turns.map((turn: Record<string, unknown>) => [turn.started_at, turn.responses]), [
    ["2026-01-16T00:14:20.168Z", 13],
    ["2026-01-16T00:29:40.659Z", 53],
  ]);
  deepEqual(turns.map((turn: Record<string, unknown>) => turn.tools), [
    { Read: 5, Bash: 4, Edit: 3, Glob: 2 },
    { Bash: 32, Edit: 14, Read: 6 },
  ]);
  // 5, 25, 0.5 and 6.25 dollars a million, each response rounded up to a millionth of a dollar.
  const costs = turns.map((turn: { cost_so_far_usd: number }) => turn.cost_so_far_usd.toFixed(4));
  deepEqual(costs, ["0.4864", "2.4245"]);
  deepEqual(
    tools.map((one: { tool: string; uses: number; results: Record<string, number> }) => [
      one.tool,
      one.uses,
      one.results.failed,
    ]),
    [["Bash", 36, 7], ["Edit", 17, 0], ["Read", 11, 1], ["Glob", 2, 0]],
  );
  deepEqual(tools[3].tool_ms, {
    p50: 489,
    p95: 512,
    p99: 512,
    min: 489,
    mean: 501,
    max: 512,
    n: 2,
  });
  const [{ extension, uses, files_touched, lines_added, lines_removed, acceptance }] = files;
  deepEqual([files.length, extension, uses, files_touched], [1, "go", 28, 2]);
  deepEqual([lines_added, lines_removed, acceptance.accepted], [78, 37, 17]);
});

Deno.test("blueplane analyze draws a real session within 80 columns", async () => {
  using machine = sharedMachine();
  const env = { ...machine.env, COLUMNS: "80" };
  const { code, stdout, stderr } = await runBinary(machine, ["analyze", "cde341db"], { env });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^when {8}2026-01-16 00:14 to 00:42, 28 min, active 15 min$/m);
  match(stdout, /^ Glob +2 +2 +0 +0 +0 +489 ms +512 ms +0 +0$/m);
  match(stdout, /^ +··· 14 min idle$/m);
  match(stdout, /^ 00:29 +13 min +Bash 32, Edit 14, Read.* +6 +– +≥\$1\.94 +≥\$2\.42 +█{6}$/m);
  deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("blueplane analyze last is the session at the top of the list", async () => {
  using machine = sharedMachine();
  const run = async (...args: string[]) => JSON.parse((await runBinary(machine, args)).stdout);
  const { sessions } = await run("sessions", "-n", "1", "--json");
  deepEqual((await run("analyze", "last", "--json")).session, sessions[0]);
  equal((await runBinary(machine, ["analyze", "ffffffff"])).code, 3);
});
