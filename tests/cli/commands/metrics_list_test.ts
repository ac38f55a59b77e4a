/** Tests of `blueplane metrics --list`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { metricsList } from "../../../cli/commands/metrics_list.ts";
import { METRICS } from "../../../core/metrics.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

async function list(...args: string[]) {
  using machine = tempMachine();
  const run = await runHere(machine, ["metrics", "--list", ...args], { columns: 80 });
  deepEqual([...Deno.readDirSync(machine.path)].length, 2, "no data folder");
  return run;
}

Deno.test("printMetricsList() lists all numbers in 80 columns, and reads nothing", async () => {
  const { code, stdout, stderr } = await list();

  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  deepEqual(METRICS.filter(({ id }) => !stdout.includes(`\n ${id} `)).map(({ id }) => id), []);
  deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
  const lines = stdout.split("\n"), at = lines[0]!.indexOf("what it says");
  const said = lines.map((line) => line.slice(at)).join(" ");
  deepEqual(METRICS.filter(({ meaning }) => !said.includes(meaning)), []);
});

Deno.test("metricsList() names what each platform reads for a number", () => {
  const { schema, metrics } = metricsList();
  const of = (id: string) => metrics.find((metric) => metric.id === id)!;

  equal(schema, "blueplane.metrics_list/1");
  deepEqual(of("tokens_output").sources, [{ platform: "claude_code", from: "transcripts" }]);
  deepEqual(of("estimated_input").sources, [{ platform: "cursor", from: "state.vscdb" }]);
  deepEqual(of("tokens_output").found_in, {
    analyze: null,
    metrics: "totals.tokens.output",
    sessions: "sessions[].tokens.output",
  });
  deepEqual(of("error_rate").parts, ["value", "n", "low", "high"]);
  deepEqual(metrics.filter(({ sources }) => sources.length === 0), []);
});

Deno.test("printMetricsList() prints JSON, CSV and Markdown of the same numbers", async () => {
  const json = JSON.parse((await list("--json")).stdout);
  const csv = (await list("-f", "csv")).stdout, markdown = (await list("-f", "markdown")).stdout;

  deepEqual(json, JSON.parse(JSON.stringify(metricsList())));
  match(csv, /^metric,unit,title,meaning,formula,sources,null_when\r\n/);
  equal(markdown.trimEnd().split("\n").length, 2 + METRICS.length);
  ok(markdown.includes("| cost_usd | usd | cost | "));
});

Deno.test("printMetricsList() is refused beside --watch", async () => {
  const { code, stderr } = await list("--watch");

  deepEqual([code, stderr], [2, "error: Cannot watch the list: it stays as it is\n"]);
});
