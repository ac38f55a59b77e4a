/** Tests of the catalogue's tokens and cost. */

import { deepEqual, match } from "node:assert/strict";
import { MODEL_METRICS } from "../../../core/metrics/model_metrics.ts";

Deno.test("MODEL_METRICS() counts money in dollars, and nothing else", () => {
  const money = MODEL_METRICS.filter(({ unit }) => unit === "usd").map(({ id }) => id);

  deepEqual(money, [
    "cost_usd",
    "cache_saved_usd",
    "estimated_cost_usd",
    "model_cost_usd",
    "model_cache_saved_usd",
  ]);
});

Deno.test("MODEL_METRICS() says of all tokens that some assistants keep none", () => {
  const tokens = MODEL_METRICS.filter(({ id }) => /^tokens_(input|output|cache)/.test(id));

  deepEqual(tokens.length, 4);
  for (const { nullWhen } of tokens) match(nullWhen!, /no assistant in it keeps tokens/);
});
