/** Tests of `web/pages/acceptance/verdict_chart.tsx`. */

import assert from "node:assert/strict";
import { readAcceptanceOverTime } from "../../../../core/reports/acceptance_report.ts";
import { VerdictCharts } from "../../../../web/pages/acceptance/verdict_chart.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("VerdictCharts() draws verdicts and rates, and tables both", async () => {
  await using home = await filledHome();
  const { query } = await pageRequest(home, "/acceptance?period=all");
  const { points } = readAcceptanceOverTime(home.db, query, 60);

  const html = String(<VerdictCharts points={points} />);

  assert.equal(html.match(/<figure/g)?.length, 2);
  assert.match(html, /<title>1 Mar: rejected 1, accepted 3<\/title>/);
  assert.match(html, /<th scope="row">1 Mar<\/th><td class="number">3<\/td>/);
  assert.match(html, /75.0 % <small/);
  assert.match(html, /class="band" d="M[\d. ]+V[\d.]+"/);
});

Deno.test("VerdictCharts() says that no edit was proposed", () => {
  assert.match(String(<VerdictCharts points={[]} />), /No edit was proposed/);
});
