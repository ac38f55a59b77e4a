/** Tests of `pipeline/derive/attribution_sums.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import { literal } from "../../../core/privacy.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { derivedRows } from "../derived_rows.ts";

Deno.test("AttributionSums.addResponse() sums by every account of a response", async () => {
  const told = { agent_type: literal("Explore"), mcp_server: literal("mcp:0badcafe") };
  const { events } = new Story()
    .response({ input: 10, output: 5, sidechain: true, told })
    .response({ input: 3, told: { skill: literal("debug"), effort: literal("high") } })
    .response({ input: 999 })
    .call("Bash", { sidechain: true })
    .call("Bash");
  await using home = await filledHome(events);

  const rows = derivedRows(home.db).attribution_sums.filter(({ tier }) => tier === 0)
    .map((
      { member, messages, input, output, cost_micros, tool_uses },
    ) => [member, messages, input, output, cost_micros, tool_uses]).sort();

  // Of Opus 4.5: 10 × 5 + 5 × 25, and 3 × 5 dollars a million.
  assert.deepEqual(rows, [
    ["agent:Explore", 1, 10, 5, 175, 0],
    ["effort:high", 1, 3, 0, 15, 0],
    ["server:mcp:0badcafe", 1, 10, 5, 175, 0],
    ["side", 1, 10, 5, 175, 1],
    ["skill:debug", 1, 3, 0, 15, 0],
  ]);
});
