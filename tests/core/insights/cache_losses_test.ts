/** Tests of `core/insights/cache_losses.ts`. */

import assert from "node:assert/strict";
import type { ResponseSeen } from "../../../core/insight_rule.ts";
import { watchCacheLosses } from "../../../core/insights/cache_losses.ts";

const response: ResponseSeen = {
  at: 0,
  side: false,
  model: "m",
  tokensKept: true,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheCreation: 50_000,
  cacheCreation1h: 0,
  fast: false,
};

function watch(responses: readonly Partial<ResponseSeen>[], price: number | null = 2) {
  const pauses: [number, number][] = [];
  const watcher = watchCacheLosses({
    isFork: () => false,
    priceOf: ({ cacheCreation5m, cacheCreation1h, cacheRead }) =>
      price && cacheCreation5m * price + cacheCreation1h * price * 2 + cacheRead,
  }, {
    isMeant(pauseMs, keptMs) {
      pauses.push([pauseMs, keptMs]);
      return true;
    },
    lossesMin: 1,
  });
  responses.forEach((more, i) => watcher.response!({ ...response, at: i * 1000, ...more }));
  return { pauses, found: watcher.found() };
}

Deno.test("watchCacheLosses() tells what was written that could have been read", () => {
  const { found, pauses } = watch([{}, { cacheRead: 10_000, cacheCreation: 45_000 }]);

  assert.deepEqual(found, [
    { at: 1000, untilAt: 1000, count: 1, n: 2, gain: { tokens: 35_000, micros: 35_000 } },
  ]);
  assert.deepEqual(pauses, [[1000, 300_000]]);
});

Deno.test("watchCacheLosses() knows what is kept for an hour, and what that costs", () => {
  const ofHour = { cacheCreation1h: 50_000 };
  const { found, pauses } = watch([ofHour, ofHour]);

  assert.equal(found[0]!.gain!.micros, 150_000);
  assert.deepEqual(pauses, [[1000, 3_600_000]]);
});

Deno.test("watchCacheLosses() knows no cost, where the model has no price", () => {
  assert.deepEqual(watch([{}, {}], null).found[0]!.gain, { tokens: 50_000 });
});

Deno.test("watchCacheLosses() passes over sub-agents, and estimates", () => {
  assert.deepEqual(watch([{}, { side: true }]).found, []);
  assert.deepEqual(watch([{}, { tokensKept: false }]).found, []);
});
