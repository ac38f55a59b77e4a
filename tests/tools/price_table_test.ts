/** Tests of how the package's providers become the table. */

import { deepEqual, equal, throws } from "node:assert/strict";
import type { Provider } from "@pydantic/genai-prices";
import { makePriceTable, type PriceAdditions, priceTableText } from "../../tools/price_table.ts";

type Model = Provider["models"][number];

const source = { source: "made up", released: "2026-01-01" };
const none: PriceAdditions = { checked: "2026-02-02", models: [], changes: [] };
const rates = { input_mtok: 1, output_mtok: 2 };
const match = { equals: "claude-opus-9" };

function provider(id: string, ...models: Partial<Model>[]): Provider {
  const whole = models.map((model) => ({ id: "m", match, prices: rates, ...model }));
  return { id, name: id, api_pattern: "", models: whole };
}

function make(providers: readonly Provider[], additions = none) {
  return makePriceTable(source, providers, additions).providers;
}

function pricesOf(model: Partial<Model>) {
  return make([provider("anthropic", model)])[0]?.models[0]?.prices;
}

Deno.test("makePriceTable() keeps rates, cache and searches under our names", () => {
  const prices = {
    ...rates,
    cache_read_mtok: 3,
    cache_write_mtok: 4,
    cache_write_1h_mtok: 5,
    web_searches_kcount: 6,
    input_audio_mtok: 7,
  };

  deepEqual(pricesOf({ prices }), [{
    input: 1,
    output: 2,
    cache_read: 3,
    cache_write_5m: 4,
    cache_write_1h: 5,
    web_search: 6,
  }]);
});

Deno.test("makePriceTable() makes whole long-context rates of tiers", () => {
  const tiered = (base: number, price: number) => ({ base, tiers: [{ start: 200, price }] });
  const prices = { input_mtok: tiered(1, 10), output_mtok: tiered(2, 20), cache_read_mtok: 3 };

  deepEqual(pricesOf({ prices }), [{
    input: 1,
    output: 2,
    cache_read: 3,
    long_context: { above: 200, input: 10, output: 20, cache_read: 3 },
  }]);
});

Deno.test("makePriceTable() keeps days, and begins hours with the day before them", () => {
  const prices = [
    { prices: rates },
    { constraint: { type: "start_date" as const, start_date: "2026-08-17" }, prices: rates },
    {
      constraint: {
        type: "time_of_date" as const,
        start_time: "01:00:00Z",
        end_time: "04:00:00Z",
      },
      prices: rates,
    },
  ];

  deepEqual(pricesOf({ prices }), [
    { input: 1, output: 2 },
    { since: "2026-08-17", input: 1, output: 2 },
    { since: "2026-08-17", daily: ["01:00", "04:00"], input: 1, output: 2 },
  ]);
});

Deno.test("makePriceTable() keeps rules, save for names that privacy keeps not", () => {
  const rules = {
    or: [{ equals: "claude-x" }, { equals: "Secret-Model" }, { regex: "^claude-\\d$" }],
  };
  const [made] = make([provider("anthropic", { match: rules }, {
    match: { equals: "secret" },
  })]);

  deepEqual(made!.models.map((model) => model.match), [{
    or: [{ equals: "claude-x" }, { regex: "^claude-\\d$" }],
  }]);
});

Deno.test("makePriceTable() leaves out what is no text model", () => {
  const models = [
    { prices: { input_mtok: 1 } },
    { prices: {} },
    { prices: { ...rates, output_audio_mtok: 5 } },
  ];

  deepEqual(make([provider("anthropic", ...models)]), []);
});

Deno.test("makePriceTable() learns fast mode from OpenRouter's models", () => {
  const routed = provider(
    "openrouter",
    { id: "anthropic/claude-opus-9", match: { equals: "anthropic/claude-opus-9" } },
    {
      id: "anthropic/claude-opus-9-fast",
      match: { equals: "anthropic/claude-opus-9-fast" },
      prices: { input_mtok: 6, output_mtok: 12 },
    },
  );
  const made = make([provider("anthropic", {}), routed]);

  deepEqual(made.map(({ models }) => models.map(({ prices }) => prices[0]!.fast_multiplier)), [
    [6],
    [6, undefined],
  ]);
});

Deno.test("makePriceTable() adds models and changes of ours", () => {
  const made = make([provider("anthropic", {}), provider("openai", {})], {
    ...none,
    models: [{ id: "new", match, prices: [{ input: 9, output: 9 }], source: "a page" }],
    changes: [{ id: "m", source: "a page", price: { fast_multiplier: 2 } }],
  });

  deepEqual(made.map(({ models }) => models.map(({ id, prices }) => [id, prices[0]])), [
    [["m", { input: 1, output: 2, fast_multiplier: 2 }], ["new", { input: 9, output: 9 }]],
    [["m", { input: 1, output: 2 }]],
  ]);
});

const odd: readonly (readonly [what: string, model: Partial<Model>])[] = [
  ["two thresholds", {
    prices: {
      input_mtok: { base: 1, tiers: [{ start: 1, price: 2 }] },
      output_mtok: { base: 1, tiers: [{ start: 2, price: 2 }] },
    },
  }],
  ["two tiers", {
    prices: {
      ...rates,
      input_mtok: { base: 1, tiers: [{ start: 1, price: 2 }, { start: 2, price: 3 }] },
    },
  }],
  ["no price for any time", {
    prices: [{ constraint: { type: "start_date", start_date: "2026-01-01" }, prices: rates }],
  }],
  ["a time of day in another zone", {
    prices: [{ prices: rates }, {
      constraint: {
        type: "time_of_date",
        start_time: "01:00:00+02:00",
        end_time: "04:00:00+02:00",
      },
      prices: rates,
    }],
  }],
];
for (const [what, model] of odd) {
  Deno.test(`makePriceTable() refuses a model with ${what}`, () => {
    throws(() => pricesOf(model), /^Error: Cannot make the price table: /);
  });
}

Deno.test("makePriceTable() refuses a change of a model that there is not", () => {
  const changes = [{ id: "gone", source: "a page", price: { fast_multiplier: 2 } }];

  throws(() => make([provider("anthropic", {})], { ...none, changes }), /there is no gone to/);
});

Deno.test("makePriceTable() has another revision, when a price is another", () => {
  const revision = (input_mtok: number) =>
    makePriceTable(source, [provider("openai", { prices: { ...rates, input_mtok } })], none)
      .revision;

  equal(revision(1), revision(1));
  equal(revision(1) === revision(2), false);
});

Deno.test("priceTableText() writes the table, a model a line", () => {
  const made = makePriceTable(
    source,
    [provider("anthropic", {}, { id: "n" }), provider("openai", {})],
    none,
  );
  const text = priceTableText(made);

  deepEqual(JSON.parse(text), made);
  equal(text.split("\n").filter((line) => line.includes('"match"')).length, 3);
});
