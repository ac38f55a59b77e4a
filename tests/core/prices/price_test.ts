/** Tests of `core/prices/price.ts`: when a price holds, and sums without drift. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { Price, type PriceEntry } from "../../../core/prices/price.ts";
import type { PricedUsage } from "../../../core/prices.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const nothing: PricedUsage = {
  model: "m",
  at: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheCreation5m: 0,
  cacheCreation1h: 0,
  webSearches: 0,
  fast: false,
};

const COUNTS = [
  "input",
  "output",
  "cacheRead",
  "cacheCreation5m",
  "cacheCreation1h",
  "webSearches",
] as const;

function cost(entry: Partial<PriceEntry>, usage: Partial<PricedUsage>): number | null {
  return new Price({ input: 0, output: 0, ...entry }).costOf({ ...nothing, ...usage });
}

function at(text: string): number {
  return Date.parse(text);
}

Deno.test("Price.costOf() prices each kind of token by its own rate", () => {
  const entry = {
    input: 3,
    output: 15,
    cache_read: 0.3,
    cache_write_5m: 3.75,
    cache_write_1h: 6,
  };
  const usage = {
    input: 1000,
    output: 200,
    cacheRead: 50_000,
    cacheCreation5m: 400,
    cacheCreation1h: 2000,
  };

  // 3000 + 3000 + 15000 + 1500 + 12000
  assert.equal(cost(entry, usage), 34_500);
});

Deno.test("Price.costOf() derives cache writes from input, when none is given", () => {
  assert.equal(cost({ input: 2 }, { cacheCreation5m: 100 }), 250);
  assert.equal(cost({ input: 2 }, { cacheCreation1h: 100 }), 400);
});

Deno.test("Price.costOf() takes the input price for cache reads, when none is given", () => {
  assert.equal(cost({ input: 2 }, { cacheRead: 100 }), 200);
});

Deno.test("Price.costOf() prices a search at a cent, when no price is given", () => {
  assert.equal(cost({}, { webSearches: 3 }), 30_000);
  assert.equal(cost({ web_search: 35 }, { webSearches: 3 }), 105_000);
});

Deno.test("Price.costOf() rounds half up, and once", () => {
  // 5 tokens of 0.1 micro-dollars are 0.5; 4 are 0.4; 2.5 + 0.1 + 2.4 are 5.
  assert.equal(cost({ input: 0.1 }, { input: 5 }), 1);
  assert.equal(cost({ input: 0.1 }, { input: 4 }), 0);
  assert.equal(
    cost({ input: 0.5, output: 0.1, cache_read: 0.8 }, {
      input: 5,
      output: 1,
      cacheRead: 3,
    }),
    5,
  );
});

Deno.test("Price.costOf() is exact, where floating-point numbers are not", () => {
  // 1.005 × 100 is 100.5, of which a float makes 100.49999999999999.
  assert.equal(cost({ input: 1.005 }, { input: 100 }), 101);
});

Deno.test("Price.costOf() moves the whole request up, when its prompt is longer", () => {
  const entry = {
    input: 3,
    output: 15,
    cache_read: 0.3,
    long_context: { above: 200_000, input: 6, output: 22.5, cache_read: 0.6 },
  };

  // 200,000 is not more: 200,000 × 3 + 10 × 15. One more: 200,000 × 6 + 1 × 0.6 + 10 × 22.5.
  assert.equal(cost(entry, { input: 200_000, output: 10 }), 600_150);
  assert.equal(cost(entry, { input: 200_000, cacheRead: 1, output: 10 }), 1_200_226);
});

Deno.test("Price.costOf() counts no output as prompt", () => {
  const entry = { output: 1, long_context: { above: 100, input: 0, output: 2 } };

  assert.equal(cost(entry, { input: 100, output: 1000 }), 1000);
});

Deno.test("Price.costOf() multiplies tokens in fast mode, not searches", () => {
  const entry = { input: 5, fast_multiplier: 2.5 };

  // 100 × 5 × 2.5 + 10,000
  assert.equal(cost(entry, { input: 100, webSearches: 1, fast: true }), 11_250);
});

Deno.test("Price.costOf() knows no cost, when fast mode has no price", () => {
  assert.equal(cost({ input: 5 }, { input: 1, fast: true }), null);
});

Deno.test("Price.holdsAt() begins with the first day and ends before the last, in UTC", () => {
  const price = new Price({ input: 0, output: 0, since: "2026-03-13", until: "2026-04-01" });

  assert.equal(price.holdsAt(at("2026-03-12T23:59:59.999Z")), false);
  assert.equal(price.holdsAt(at("2026-03-13T00:00:00.000Z")), true);
  assert.equal(price.holdsAt(at("2026-03-31T23:59:59.999Z")), true);
  assert.equal(price.holdsAt(at("2026-04-01T00:00:00.000Z")), false);
});

Deno.test("Price.holdsAt() keeps to the hours of the day", () => {
  const price = new Price({ input: 0, output: 0, daily: ["00:30", "16:30"] });

  assert.equal(price.holdsAt(at("2026-03-13T00:29:59.999Z")), false);
  assert.equal(price.holdsAt(at("2026-03-13T00:30:00.000Z")), true);
  assert.equal(price.holdsAt(at("2026-03-13T16:29:59.999Z")), true);
  assert.equal(price.holdsAt(at("2026-03-13T16:30:00.000Z")), false);
});

Deno.test("Price.holdsAt() keeps to hours that go over midnight", () => {
  const price = new Price({ input: 0, output: 0, daily: ["22:00", "02:00"] });

  assert.equal(price.holdsAt(at("2026-03-13T23:00:00Z")), true);
  assert.equal(price.holdsAt(at("2026-03-13T01:59:59Z")), true);
  assert.equal(price.holdsAt(at("2026-03-13T02:00:00Z")), false);
});

const anyRate = fc.integer({ min: 0, max: 100_000_000 }).map((millionths) => millionths / 1e6);
const anyRates = fc.record({
  input: anyRate,
  output: anyRate,
  cache_read: anyRate,
  cache_write_5m: anyRate,
  cache_write_1h: anyRate,
});
const anyCount = fc.nat(2_000_000);
const anyUsage = fc.record({
  input: anyCount,
  output: anyCount,
  cacheRead: anyCount,
  cacheCreation5m: anyCount,
  cacheCreation1h: anyCount,
  webSearches: fc.nat(50),
}).map((counts): PricedUsage => ({ ...nothing, ...counts }));

Deno.test("Price.costOf() is whole and grows with each count, whatever the price", () => {
  fc.assert(
    fc.property(
      anyRates,
      anyUsage,
      fc.constantFrom(...COUNTS),
      fc.nat(1000),
      (rates, usage, count, more) => {
        const price = new Price(rates);
        const before = price.costOf(usage)!;
        const after = price.costOf({ ...usage, [count]: usage[count] + more })!;

        assert.ok(Number.isSafeInteger(before) && before >= 0);
        assert.ok(after >= before);
      },
    ),
    fcRuns(),
  );
});

Deno.test("Price.costOf() of two responses is that of both in one, but for rounding", () => {
  fc.assert(
    fc.property(anyRates, anyUsage, anyUsage, (rates, a, b) => {
      const price = new Price(rates);
      const both = Object.fromEntries(COUNTS.map((name) => [name, a[name] + b[name]]));
      const parts = price.costOf(a)! + price.costOf(b)!;

      assert.ok(Math.abs(price.costOf({ ...nothing, ...both })! - parts) <= 1);
    }),
    fcRuns(),
  );
});
