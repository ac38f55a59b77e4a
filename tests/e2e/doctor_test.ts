/** Tests of `doctor` in the binary: beside a server, over real kinds of trouble. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const START = Date.UTC(2026, 2, 1, 12);

interface Told {
  readonly id: string;
  readonly severity: string;
  readonly numbers: Record<string, number>;
}

Deno.test("blueplane doctor examines all of it beside a server, and writes nothing", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, '{"cleanupPeriodDays": 7}');
  const transcript = new Transcript(machine.claude, { startedAt: START }).prompt().response();
  transcript.add("brand-new", {}).add("user", { brandNew: 1 }).write("no JSON\n");
  transcript.write(`${costState(transcript.sessionId)}\n`);
  const { server } = await startServe(machine);
  await using _server = server;
  const doctor = async () => {
    const { code, stdout, stderr } = await runBinary(machine, ["doctor", "--json"]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const report = JSON.parse(stdout);
    const numbers = Object.fromEntries(
      report.findings.map((finding: Told) => [finding.id, finding.numbers]),
    );
    return { report, numbers, stdout };
  };
  await until("all is read", async () => (await doctor()).numbers.lines.lines_read === 6);

  const { report, numbers, stdout } = await doctor();

  equal(numbers.server.pid, server.pid);
  equal(numbers.lines.lines_malformed, 1);
  equal(numbers["cleanup.claude_code"].cleanup_period_days, 7);
  deepEqual(report.drift.map(({ kind, name }: Record<string, string>) => [kind, name]), [
    ["field.user", "brandNew"],
    ["line_type", "brand-new"],
  ]);
  deepEqual(report.client_totals.models, [{
    model: "claude-opus-4-6",
    ours: { input: 5, output: 100, cache_read: 0, cache_creation: 0 },
    theirs: { input: 9, output: 120, cache_read: 0, cache_creation: 0 },
  }]);
  ok(!stdout.includes(machine.path));
});

Deno.test("blueplane doctor exits with 1 for a broken database, and says what to do", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runBinary(machine, ["sync"]);
  Deno.writeTextFileSync(`${machine.home}/telemetry.db`, "this is no database ".repeat(1000));

  const { code, stdout, stderr } = await runBinary(machine, ["doctor"]);

  deepEqual({ code, stderr }, { code: 1, stderr: "" });
  match(
    stdout,
    /^✗ Cannot open the database: the file is no SQLite database\n {2}blueplane sync/m,
  );
  ok(stdout.split("\n").every((line) => [...line].length <= 80));
});

function costState(sessionId: string): string {
  const usage = { inputTokens: 9, outputTokens: 120, costUSD: 0.1 };
  return JSON.stringify({
    type: "cost-state",
    sessionId,
    totalCostUSD: 0.1,
    totalDuration: 9000,
    startTime: START - 500,
    modelUsage: { "claude-opus-4-6": usage },
  });
}
