/** Tests of `core/reports/attributions.ts`. */

import assert from "node:assert/strict";
import { readAttributions } from "../../../core/reports/attributions.ts";
import { ask, usageHome } from "./usage_story.ts";

Deno.test("readAttributions() tells what goes on whose account, and how much of all", async () => {
  await using home = await usageHome();
  const { db, query, totals, words } = ask(home);

  const found = readAttributions(db, query, totals, words, new Map());

  // 500 × 5 + 50 × 25 dollars a million.
  const side = { responses: 1, tokens: 550, cost_usd: 0.00375 };
  assert.deepEqual(found.agents, { Explore: side });
  assert.deepEqual(found.skills, {});
  assert.deepEqual(found.efforts, { high: 1 });
  assert.deepEqual(found.servers, {
    "mcp:0badcafe": { responses: 1, tokens: 120_100, cost_usd: 0.0625, tool_uses: 1 },
  });
  const { tokens_share, cost_share, tool_uses_share, ...counts } = found.subagents;
  assert.deepEqual(counts, { ...side, tool_uses: 1 });
  assert.equal(tokens_share, Math.round(550 / 160_850 * 1e6) / 1e6);
  assert.equal(cost_share, Math.round(0.00375 / totals.cost_usd! * 1e6) / 1e6);
  assert.equal(tool_uses_share, 0.142857);
});

Deno.test("readAttributions() knows no tokens of a server that only calls tell of", async () => {
  await using home = await usageHome();
  const { db, query, totals, words } = ask(home, 24);
  const calls = { ...totals, tool_uses_by_name: { "mcp:1": 3 } };
  const before = { ...query, period: { from: 0, to: 1 } };

  assert.deepEqual(readAttributions(db, before, calls, words, new Map([["mcp:0badcafe", "w"]])), {
    ...readAttributions(db, before, totals, words, new Map()),
    servers: {
      "mcp:0badcafe": {
        label: "w",
        responses: null,
        tokens: null,
        cost_usd: null,
        tool_uses: 3,
      },
    },
  });
});
