/** Tests of `cli/formats/acceptance_csv.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { acceptanceCsv } from "../../../cli/formats/acceptance_csv.ts";
import { reportAcceptance } from "../../../core/reports/acceptance_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("acceptanceCsv() has a row for all and for each group", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const query = { period: rollingPeriod("all", now), now, by: "model" } as const;

  const rows = acceptanceCsv(reportAcceptance(home.db, query)).trimEnd().split("\r\n")
    .map((row) => row.split(","));
  const [names, all, ...groups] = rows;
  const cell = (row: string[], name: string) => row[names!.indexOf(name)];

  equal(new Set(rows.map((row) => row.length)).size, 1);
  deepEqual(all!.slice(0, 3), ["all", "", ""]);
  equal(cell(all!, "edits_accepted"), "3");
  equal(cell(all!, "acceptance_n"), "4");
  equal(cell(all!, "cost_of_edits_rejected_usd"), "0.001225");
  equal(cell(all!, "cost_of_talk_usd"), "0");
  equal(groups.length, 4);
  deepEqual(groups.map((row) => cell(row, "cost_rejected_usd")), ["0", "0.001225", "", ""]);
});
