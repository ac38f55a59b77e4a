/** Tests that the shipped price table is the one that the installed package makes. */

import { equal } from "node:assert/strict";
import { calcPrice } from "@pydantic/genai-prices";
import { openPrices } from "../../core/prices.ts";
import type { PriceTable } from "../../core/prices/price_table.ts";
import tableJson from "../../core/prices/table.json" with { type: "text" };
import { tableText } from "../../tools/prices.ts";
import { fromRoot } from "../../tools/project_root.ts";

Deno.test("tableText() is what table.json holds; else run deno task prices", async () => {
  const shipped = Deno.readTextFileSync(fromRoot("core/prices/table.json"));

  // Not compared by equal(), which would print all of both.
  equal(await tableText() === shipped, true);
});

Deno.test("openPrices() agrees with the package, when it is asked in the package's way", () => {
  const at = new Date("2026-09-23T12:00:00Z");
  const prices = openPrices(undefined);
  const table: PriceTable = JSON.parse(tableJson);
  const models = table.providers.find(({ id }) => id === "anthropic")!.models
    .filter((model) => !("source" in model)).map(({ id }) => id)
    // The beta of long context is an addition of ours.
    .filter((id) => id !== "claude-sonnet-4-0");
  for (const model of models) {
    for (const input of [1000, 199_000]) {
      const theirs = calcPrice(
        {
          input_tokens: input + 30_000,
          cache_read_tokens: 20_000,
          cache_write_tokens: 10_000,
          output_tokens: 700,
        },
        model,
        { providerId: "anthropic", timestamp: at },
      );
      const ours = prices.costOf({
        model,
        at: at.getTime(),
        input,
        output: 700,
        cacheRead: 20_000,
        cacheCreation5m: 10_000,
        cacheCreation1h: 0,
        webSearches: 0,
        fast: false,
      });
      // Two models older than caching: the package prices writes as input.
      if (["claude-2", "claude-v1"].includes(model)) continue;
      equal(ours, Math.round(theirs!.total_price * 1e6), model);
    }
  }
});
