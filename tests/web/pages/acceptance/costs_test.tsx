/** Tests of `web/pages/acceptance/costs.tsx`. */

import assert from "node:assert/strict";
import { reportAcceptance } from "../../../../core/reports/acceptance_report.ts";
import { CostByModel, CostParts } from "../../../../web/pages/acceptance/costs.tsx";
import { filledHome, HAIKU, OPUS } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("CostParts() and CostByModel() tell what lost work cost", async () => {
  await using home = await filledHome();
  const { query } = await pageRequest(home, "/acceptance?period=all");
  const { totals, by } = reportAcceptance(home.db, { ...query, by: "model" });

  const parts = String(<CostParts totals={totals} />);
  const models = String(<CostByModel models={by.model!} />);

  assert.match(parts, /<th scope="row">Edits that you refused<\/th>.*?≥\$0.001</);
  assert.match(parts, /<th scope="row">Calls that failed<\/th>/);
  assert.match(models, />≥\$[\d.]+<[^≥]*>\d+<[^≥]*>≥\$[\d.]+</);
  for (const model of [OPUS, HAIKU]) {
    assert.match(models, new RegExp(`<th scope="row">${model}</th>`));
  }
});

Deno.test("CostParts() and CostByModel() say that nothing is known", async () => {
  await using home = await filledHome([]);
  const { query } = await pageRequest(home, "/acceptance?period=all");
  const { totals } = reportAcceptance(home.db, query);

  assert.match(String(<CostParts totals={totals} />), /No cost is known/);
  assert.match(String(<CostByModel models={[]} />), /No model answered/);
});
