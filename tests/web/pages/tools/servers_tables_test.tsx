/** Tests of `web/pages/tools/servers_tables.tsx`. */

import assert from "node:assert/strict";
import type { SafeText } from "../../../../core/privacy.ts";
import { reportMetrics } from "../../../../core/reports/metrics_report.ts";
import { ServersTables } from "../../../../web/pages/tools/servers_tables.tsx";
import { makeEvent, NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("ServersTables() names the servers that are used, and those that are not", async () => {
  const safe = (text: string) => text as SafeText;
  await using home = await filledHome([
    makeEvent("tool_use", { id: "u", session: "s", at: NOON }, {
      tool_use_id: safe("u"),
      tool: safe("mcp:0123abcd"),
      mcp_server: safe("mcp:89ef4567"),
    }),
  ]);
  const names = new Map([["mcp:89ef4567", "github"], ["mcp:11111111", "idle"]]);
  const servers = new Map([["claude_code", names]]);
  const request = await pageRequest(home, "/tools", { toolServers: () => servers });
  const report = reportMetrics(home.db, request.query);

  const html = String(
    <ServersTables request={request} report={report} nameOf={(tool) => tool} />,
  );

  assert.match(html, /<th scope="row">github<\/th><td class="number">1<\/td>/);
  assert.match(html, /not used in this period: idle\./);
  assert.match(html, /None was used in this period/);
});

Deno.test("ServersTables() tells calls that do not say of which from none", async () => {
  const safe = (text: string) => text as SafeText;
  const call = (id: string, tool: string) =>
    makeEvent("tool_use", { id, session: "s", at: NOON }, {
      tool_use_id: safe(id),
      tool: safe(tool),
    });
  await using home = await filledHome([
    call("a", "Skill"),
    call("b", "Skill"),
    call("c", "Task"),
  ]);
  const request = await pageRequest(home, "/tools");
  const report = reportMetrics(home.db, request.query);

  const html = String(
    <ServersTables request={request} report={report} nameOf={(tool) => tool} />,
  );

  const [servers, skills, agents] = html.split("<section").slice(1);
  assert.match(servers!, /None was used in this period/);
  assert.match(skills!, /2 calls in this period, but the assistant does not say of which/);
  assert.match(agents!, /1 call in this period, but the assistant does not say of which/);
});
