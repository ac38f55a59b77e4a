/**
 * What the cost went to, through the real binary: a session of `tests/fixtures/outcome_cost` with
 * an accepted, a rejected, a failed and an automatic edit by two models, and what is true of it in
 * `truth.json`, worked out by hand.
 */

import { deepEqual, equal, match } from "node:assert/strict";
import type { AcceptanceGroup } from "../../core/reports/acceptance_report.ts";
import { machineWith } from "../helpers/told.ts";
import { runBinary, startServe, until } from "../helpers/run_blueplane.ts";
import truth from "../fixtures/outcome_cost/truth.json" with { type: "json" };

const folder = decodeURIComponent(
  new URL("../fixtures/outcome_cost/projects", import.meta.url).pathname,
);

Deno.test("blueplane acceptance tells the cost of each outcome to the micro-dollar", async () => {
  using machine = machineWith(folder);
  const ask = async (...args: string[]) => {
    const { code, stdout, stderr } = await runBinary(machine, [
      "acceptance",
      "-p",
      "all",
      ...args,
    ]);
    equal(code, 0, stderr);
    return stdout;
  };

  const { totals, by } = JSON.parse(await ask("--json"));
  const { groups } = JSON.parse(
    (await runBinary(machine, ["metrics", "-p", "all", "--group-by", "model", "--json"])).stdout,
  );

  deepEqual(pick(totals, truth.totals), truth.totals);
  for (const [model, expected] of Object.entries(truth.models)) {
    const told = by.model.find(({ key }: AcceptanceGroup) => key === model);
    deepEqual(pick(told, expected), expected, model);
    const group = groups.find(({ key }: { key: string }) => key === model);
    equal(group.totals.cost_per_kept_line_usd, expected.cost_per_kept_line_usd);
  }
  deepEqual(costs(by.tool), truth.tools);
  deepEqual(costs(by.mode), truth.modes);
  deepEqual(Object.keys(by.tool[0].rates.acceptance), ["value", "n", "low", "high"]);
  deepEqual(by.hour_of_day.map(({ key }: AcceptanceGroup) => key), ["09"]);

  const text = await ask();
  match(text, /edits accepted +50\.0 % of 2 \(95 %: 9–91\)/);
  match(text, /an accepted line +\$0\.002, of 5; kept \$0\.0009, of 12/);
  match(text, /edits that you refused +\$0\.003 +23\.8 %/);
  match(await ask("--by", "model", "-f", "markdown"), /\| claude-haiku-4-5-20251001 \| – \|/);
  match(await ask("-f", "csv"), /\r\nmodel,claude-opus-4-5-20251101,,1,1,/);

  const { server, url } = await startServe(machine);
  await using _server = server;
  const address = `${url}/api/v1/analysis/acceptance?period=all&by=model`;
  await until("the page answers", async () => {
    const document = await (await fetch(address)).json();
    return document.totals.cost_usd === truth.totals.cost_usd;
  });
  const document = await (await fetch(address)).json();
  deepEqual([document.schema, document.by.model], ["blueplane.acceptance/1", by.model]);
});

function costs(groups: readonly AcceptanceGroup[]) {
  return Object.fromEntries(groups.map(({ key, cost_usd }) => [key, cost_usd]));
}

function pick(from: object, names: object) {
  const values = from as Record<string, unknown>;
  return Object.fromEntries(Object.keys(names).map((name) => [name, values[name]]));
}
