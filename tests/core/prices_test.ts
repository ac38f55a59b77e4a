/**
 * Tests of `core/prices.ts` with the table that is shipped. Each cost is worked out by hand: USD
 * for a million tokens are micro-dollars for one.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { PriceFileError } from "../../core/price_file.ts";
import { openPrices, type PricedUsage } from "../../core/prices.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const prices = openPrices(undefined);

function usage(model: string, counts: Partial<PricedUsage> = {}): PricedUsage {
  return {
    model,
    at: Date.parse("2026-11-20T12:00:00Z"),
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheCreation5m: 0,
    cacheCreation1h: 0,
    webSearches: 0,
    fast: false,
    ...counts,
  };
}

function on(day: string): Pick<PricedUsage, "at"> {
  return { at: Date.parse(`${day}T12:00:00Z`) };
}

const tenThousand = { input: 10_000, output: 1000 };

Deno.test("costOf() prices a response of Opus 4.6 to the micro-dollar", () => {
  const counts = {
    input: 1234,
    output: 567,
    cacheRead: 89_012,
    cacheCreation5m: 345,
    cacheCreation1h: 6789,
    webSearches: 2,
  };

  // 1234 × 5 + 567 × 25 + 89012 × 0.5 + 345 × 6.25 + 6789 × 10 + 2 × 10000
  // = 6170 + 14175 + 44506 + 2156.25 + 67890 + 20000 = 154897.25
  assert.equal(prices.costOf(usage("claude-opus-4-6", counts)), 154_897);
});

Deno.test("costOf() prices the models that Claude Code uses, with and without a date", () => {
  // 10000 × input + 1000 × output
  const costs: Record<string, number> = {
    "claude-opus-5-5": 40_000 + 20_000,
    "claude-opus-5": 50_000 + 25_000,
    "claude-opus-4-8": 50_000 + 25_000,
    "claude-opus-4-1-20250805": 150_000 + 75_000,
    "claude-opus-4-20250514": 150_000 + 75_000,
    "claude-fable-5": 100_000 + 50_000,
    "claude-fable-5-2": 80_000 + 40_000,
    "claude-sonnet-5-5": 20_000 + 10_000,
    "claude-sonnet-5": 20_000 + 10_000,
    "claude-sonnet-4-5-20250929": 30_000 + 15_000,
    "claude-sonnet-4-20250514": 30_000 + 15_000,
    "claude-haiku-5-5": 1000 + 500,
    "claude-haiku-4-5-20251001": 10_000 + 5000,
    "claude-3-5-haiku-20241022": 8000 + 4000,
  };
  for (const [model, cost] of Object.entries(costs)) {
    assert.equal(prices.costOf(usage(model, tenThousand)), cost, model);
  }
});

Deno.test("costOf() takes the seller's price, when the name is the seller's", () => {
  const costs: Record<string, number> = {
    // 10 % more in one region than anywhere: 10000 × 3.3 + 1000 × 16.5
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0": 33_000 + 16_500,
    "global.anthropic.claude-sonnet-4-5-20250929-v1:0": 30_000 + 15_000,
    "us.anthropic.claude-sonnet-4-20250514-v1:0": 30_000 + 15_000,
    "us.anthropic.claude-haiku-5-5-v1:0": 1000 + 500,
    "claude-sonnet-4-5@20250929": 30_000 + 15_000,
    "claude-opus-5-5@default": 40_000 + 20_000,
    "anthropic/claude-opus-4.6": 50_000 + 25_000,
    "anthropic/claude-opus-4.6-fast": 300_000 + 150_000,
    "gpt-5": 12_500 + 10_000,
    "glm-5.1": 8280 + 3310,
  };
  for (const [model, cost] of Object.entries(costs)) {
    assert.equal(prices.costOf(usage(model, tenThousand)), cost, model);
  }
});

const unknown = [
  "<synthetic>",
  "other",
  "sonnet",
  "",
  "claude-opus-6",
  "claude-sonnet-5-6",
  "claude-opus-4-10",
  "claude-opus-4-6-fast",
  "my-own-model",
];
for (const model of unknown) {
  Deno.test(`costOf() is null, when the model is '${model}'`, () => {
    assert.equal(prices.costOf(usage(model, tenThousand)), null);
    assert.equal(prices.costOf(usage(model)), null);
  });
}

Deno.test("costOf() is 0, when a known model used nothing", () => {
  assert.equal(prices.costOf(usage("claude-opus-4-6")), 0);
});

Deno.test("costOf() moves all tokens up, when input and cache exceed 200,000", () => {
  const model = "claude-sonnet-4-5-20250929";
  const counts = { input: 150_000, cacheRead: 60_000, output: 1000 };

  // 150000 × 6 + 60000 × 0.6 + 1000 × 22.5 = 900000 + 36000 + 22500
  assert.equal(prices.costOf(usage(model, counts)), 958_500);
  // 200,000 in all do not exceed it: 150000 × 3 + 50000 × 0.3 + 1000 × 15
  assert.equal(prices.costOf(usage(model, { ...counts, cacheRead: 50_000 })), 480_000);
  // Cache writes count: 100000 × 6 + 100001 × 12 = 600000 + 1200012
  assert.equal(
    prices.costOf(usage(model, { input: 100_000, cacheCreation1h: 100_001 })),
    1_800_012,
  );
});

Deno.test("costOf() knows the upper rates of Haiku 5.5, above 100,000", () => {
  const counts = { input: 60_000, cacheRead: 40_001, output: 1000 };

  // 60000 × 0.5 + 40001 × 0.05 + 1000 × 2.5 = 30000 + 2000.05 + 2500
  assert.equal(prices.costOf(usage("claude-haiku-5-5", counts)), 34_500);
});

Deno.test("costOf() takes the price of the day, when long context became cheaper", () => {
  const counts = { input: 250_000, output: 1000 };
  const before = { at: Date.parse("2026-03-12T23:59:59.999Z") };
  const after = { at: Date.parse("2026-03-13T00:00:00Z") };

  // 250000 × 10 + 1000 × 37.5, then 250000 × 5 + 1000 × 25
  assert.equal(prices.costOf(usage("claude-opus-4-6", { ...counts, ...before })), 2_537_500);
  assert.equal(prices.costOf(usage("claude-opus-4-6", { ...counts, ...after })), 1_275_000);
});

Deno.test("costOf() takes the price of the day, when cache reads became cheaper", () => {
  const counts = { cacheRead: 100_000 };

  assert.equal(
    prices.costOf(usage("claude-sonnet-5-5", { ...counts, ...on("2026-10-06") })),
    20_000,
  );
  assert.equal(
    prices.costOf(usage("claude-sonnet-5-5", { ...counts, ...on("2026-10-07") })),
    10_000,
  );
});

Deno.test("costOf() takes the price of the hour, from the day on which hours have one", () => {
  const counts = { input: 100_000 };
  const cost = (time: string) =>
    prices.costOf(usage("deepseek-v4-pro", { ...counts, at: Date.parse(time) }));

  // 0.435; from 2026-08-17 on 1.32 from 1 to 4 and from 6 to 10 o'clock UTC, else 0.66
  assert.equal(cost("2026-08-16T02:00:00Z"), 43_500);
  assert.equal(cost("2026-08-17T02:00:00Z"), 132_000);
  assert.equal(cost("2026-08-17T05:00:00Z"), 66_000);
  assert.equal(cost("2026-08-17T06:00:00Z"), 132_000);
});

Deno.test("costOf() multiplies by what fast mode costs with the model", () => {
  const counts = { ...tenThousand, fast: true };

  // 6 × (10000 × 5 + 1000 × 25), 2 × the same, 2 × (10000 × 4 + 1000 × 20)
  assert.equal(prices.costOf(usage("claude-opus-4-6", counts)), 450_000);
  assert.equal(prices.costOf(usage("claude-opus-4-7", counts)), 450_000);
  assert.equal(prices.costOf(usage("claude-opus-4-8", counts)), 150_000);
  assert.equal(prices.costOf(usage("claude-opus-5", counts)), 150_000);
  assert.equal(prices.costOf(usage("claude-opus-5-5", counts)), 120_000);
});

Deno.test("costOf() is null, when fast mode with the model has no price", () => {
  assert.equal(prices.costOf(usage("claude-sonnet-4-5", { ...tenThousand, fast: true })), null);
});

Deno.test("costOf() takes the user's price before the table's", () => {
  const own = openPrices('{"claude-opus-*": {"input": 4, "output": 20, "cache_read": 0.4}}');

  // 10000 × 4 + 1000 × 20; cache writes of an hour 2 × 4
  assert.equal(own.costOf(usage("claude-opus-4-6", tenThousand)), 60_000);
  assert.equal(own.costOf(usage("claude-opus-4-6", { cacheCreation1h: 1000 })), 8000);
  assert.equal(own.costOf(usage("claude-sonnet-4-5", tenThousand)), 45_000);
});

Deno.test("costOf() takes the table's price, on days for which the user has none", () => {
  const own = openPrices(
    '{"claude-opus-4-6": {"since": "2026-10-01", "until": "2026-11-01", "input": 1, ' +
      '"output": 1, "cache_read": 1}}',
  );
  const cost = (day: string) => own.costOf(usage("claude-opus-4-6", { input: 1000, ...on(day) }));

  assert.equal(cost("2026-09-30"), 5000);
  assert.equal(cost("2026-10-01"), 1000);
  assert.equal(cost("2026-10-31"), 1000);
  assert.equal(cost("2026-11-01"), 5000);
});

Deno.test("costOf() prices a model that only the user knows, also at nothing", () => {
  const own = openPrices('{"my-own-model": {"input": 0, "output": 0, "cache_read": 0}}');

  assert.equal(own.costOf(usage("my-own-model", tenThousand)), 0);
});

Deno.test("openPrices() refuses a file that cannot be", () => {
  assert.throws(() => openPrices('{"m": {}}'), PriceFileError);
});

Deno.test("openPrices() has another revision, when the user's file is another", () => {
  const file = '{"m": {"input": 1, "output": 1, "cache_read": 1}}';

  assert.equal(openPrices(undefined).revision, prices.revision);
  assert.equal(openPrices(file).revision, openPrices(file).revision);
  assert.notEqual(openPrices(file).revision, prices.revision);
  assert.match(prices.revision, /^[0-9a-f]{16}$/);
});

Deno.test("costOf() is null or a whole number not below 0, whatever was used", () => {
  const anyModel = fc.constantFrom(
    "claude-opus-4-6",
    "claude-sonnet-4-5",
    "claude-haiku-5-5",
    "deepseek-chat",
    "gpt-5.6-sol",
    "other",
  );
  const anyUsage = fc.record({
    model: anyModel,
    at: fc.integer({ min: 0, max: Date.parse("2100-01-01") }),
    input: fc.nat(),
    output: fc.nat(),
    cacheRead: fc.nat(),
    cacheCreation5m: fc.nat(),
    cacheCreation1h: fc.nat(),
    webSearches: fc.nat(1000),
    fast: fc.boolean(),
  });
  fc.assert(
    fc.property(anyUsage, (used) => {
      const cost = prices.costOf(used);

      assert.ok(cost === null || (Number.isSafeInteger(cost) && cost >= 0));
    }),
    fcRuns(),
  );
});

Deno.test("cacheEffectOf() says what the cache saved, and what it cost", () => {
  // Opus 4.5: 5 for input, 0.5 for a read, 6.25 and 10 for writes.
  const counts = { cacheRead: 1000, cacheCreation5m: 200, cacheCreation1h: 100, input: 7 };
  const usages = usage("claude-opus-4-5", counts);

  assert.deepEqual(prices.cacheEffectOf(usages), { readSaved: 4500, writeExtra: 250 + 500 });
  assert.deepEqual(prices.cacheEffectOf(usage("claude-opus-4-5")), {
    readSaved: 0,
    writeExtra: 0,
  });
  assert.equal(prices.cacheEffectOf(usage("claude-none-9", counts)), null);
});

Deno.test("cacheEffectOf() is the difference to the cost without a cache, exactly", () => {
  const tokens = fc.nat({ max: 300_000 });
  const counts = fc.record({
    input: tokens,
    output: tokens,
    cacheRead: tokens,
    cacheCreation5m: tokens,
    cacheCreation1h: tokens,
  });
  const models = fc.constantFrom("claude-sonnet-4-5", "claude-haiku-4-5", "gpt-5");
  fc.assert(
    fc.property(models, counts, (model, told) => {
      const { input, cacheRead, cacheCreation5m, cacheCreation1h } = told;
      const all = input + cacheRead + cacheCreation5m + cacheCreation1h;
      const plain = prices.costOf(usage(model, { output: told.output, input: all }))!;
      const { readSaved, writeExtra } = prices.cacheEffectOf(usage(model, told))!;

      assert.equal(prices.costOf(usage(model, told))! + readSaved - writeExtra, plain);
    }),
    fcRuns(100),
  );
});

Deno.test("contextOf() knows how much the table says that a model holds", () => {
  assert.equal(prices.contextOf("claude-opus-4-5-20251101"), 200_000);
  assert.equal(prices.contextOf("claude-opus-4-6"), 1_000_000);
  assert.equal(prices.contextOf("none"), null);
});
