/** Tests of `web/pages/acceptance/groups.tsx`. */

import assert from "node:assert/strict";
import { reportAcceptance } from "../../../../core/reports/acceptance_report.ts";
import { AcceptanceGroups } from "../../../../web/pages/acceptance/groups.tsx";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";
import {
  ACCEPTANCE_DIMENSIONS,
  type AcceptanceDimension,
} from "../../../../core/reports/report_choices.ts";

Deno.test("AcceptanceGroups() tells rate, interval and n of groups with edits alone", async () => {
  await using home = await filledHome();

  const html = await render(home, "tool");

  const rows = [...html.matchAll(/<th scope="row">([^<]*)</g)].map(([, name]) => name);
  assert.deepEqual(rows, ["Edit", "Write"]);
  assert.match(html, /66.7 %.*>21–94<.*>3</s);
  assert.match(html, /<path class="interval" d="M20.8 5H93.9"/);
  // What rests on a cost that may be more may be more, too.
  assert.match(html, />≥\$\d/);
});

Deno.test("AcceptanceGroups() names what only numbers tell", async () => {
  await using home = await filledHome();

  assert.match(await render(home, "weekday"), /<th scope="row">Sunday</);
  assert.match(await render(home, "hour-of-day"), /<th scope="row">\d\d:00</);
  assert.match(await render(home, "project"), /<th scope="row">blueplane</);
});

Deno.test("AcceptanceGroups() leads to every dimension", async () => {
  await using home = await filledHome();

  const html = await render(home, "model");

  assert.equal(html.match(/#by-title"/g)?.length, ACCEPTANCE_DIMENSIONS.length);
  assert.match(html, /href="\/acceptance\?period=all&amp;by=mode#by-title"/);
  assert.equal(html.match(/aria-current/g)?.length, 1);
});

async function render(home: FilledHome, by: AcceptanceDimension): Promise<string> {
  const request = await pageRequest(home, "/acceptance?period=all");
  const report = reportAcceptance(home.db, { ...request.query, by });
  const groups = report.by[by.replaceAll("-", "_")]!;
  return String(
    <AcceptanceGroups request={request} by={by} groups={groups} totals={report.totals} />,
  );
}
