/** Tests of `web/pages/tools/latency_table.tsx`. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../../core/reports/metrics_report.ts";
import { LatencyTable } from "../../../../web/pages/tools/latency_table.tsx";
import type { SafeText } from "../../../../core/privacy.ts";
import { makeEvent, NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

function timedCall(id: string, tool: string, duration_ms: number) {
  const safe = (text: string) => text as SafeText, call = { session: "s", at: NOON };
  return [
    makeEvent("tool_use", { ...call, id }, { tool_use_id: safe(id), tool: safe(tool) }),
    makeEvent("tool_result", { ...call, id: `${id}r` }, {
      tool_use_id: safe(id),
      outcome: safe("ok"),
      duration_ms,
    }),
  ];
}

Deno.test("LatencyTable() begins with all, then the slowest, each with its n", async () => {
  await using home = await filledHome([
    ...timedCall("a", "Read", 10),
    ...timedCall("b", "Bash", 5000),
    ...timedCall("c", "Bash", 7000),
  ]);
  const { query } = await pageRequest(home, "/tools");
  const report = reportMetrics(home.db, { ...query, groupBy: "tool" });

  const html = String(<LatencyTable report={report} nameOf={(tool) => tool} />);

  const rows = [...html.matchAll(/<th scope="row">([^<]*)<.*?(\d+)<\/td><\/tr>/g)];
  assert.deepEqual(rows.map(([, name, n]) => [name, n]), [
    ["all tools", "3"],
    ["Bash", "2"],
    ["Read", "1"],
  ]);
});

Deno.test("LatencyTable() says so, where no call tells its time", async () => {
  await using home = await filledHome([]);
  const { query } = await pageRequest(home, "/tools");

  const html = String(
    <LatencyTable report={reportMetrics(home.db, query)} nameOf={(tool) => tool} />,
  );

  assert.match(html, /No call has a recorded duration/);
  assert.doesNotMatch(html, /role="note"/);
});
