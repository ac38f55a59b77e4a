/** Tests of `core/price_file.ts`: the user's own prices, and every slip in them. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { PriceFileError, readPriceFile } from "../../core/price_file.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const price = { input: 4, output: 20, cache_read: 0.4 };

/** The prices that a file has for a model, those first that come first. */
function pricesOf(file: unknown, model: string) {
  return readPriceFile(JSON.stringify(file)).filter((own) => own.isFor(model))
    .map(({ entry }) => entry);
}

Deno.test("readPriceFile() reads a file with comments and trailing commas", () => {
  const file = `{
    "$schema": "./prices.schema.json",
    // what we pay
    "claude-opus-4-6": { "input": 4, "output": 20, "cache_read": 0.4, },
  }`;

  assert.deepEqual(readPriceFile(file).map(({ entry }) => entry), [price]);
});

Deno.test("readPriceFile() keeps every field", () => {
  const whole = {
    since: "2026-01-01",
    until: "2026-02-01",
    ...price,
    cache_write_5m: 5,
    cache_write_1h: 8,
    web_search: 0,
    fast_multiplier: 1.5,
    long_context: { above: 200_000, ...price, cache_write_5m: 10, cache_write_1h: 16 },
  };

  assert.deepEqual(pricesOf({ m: whole }, "m"), [whole]);
});

Deno.test("readPriceFile() has no price, when the file has none", () => {
  assert.deepEqual(readPriceFile("{}"), []);
  assert.deepEqual(pricesOf({ m: [] }, "m"), []);
});

Deno.test("readPriceFile() compares names without regard to case, and as a whole", () => {
  const file = { "Proxy/Opus": price };

  assert.deepEqual(pricesOf(file, "proxy/OPUS"), [price]);
  assert.deepEqual(pricesOf(file, "proxy/opus-2"), []);
});

Deno.test("readPriceFile() puts the very name first, then the longest beginning", () => {
  const file = {
    "*": { ...price, input: 1 },
    "claude-opus-*": { ...price, input: 3 },
    "claude-opus-4-6": { ...price, input: 4 },
    "claude-*": { ...price, input: 2 },
    "claude-opus-4-7": { ...price, input: 5 },
  };

  assert.deepEqual(pricesOf(file, "claude-opus-4-6").map(({ input }) => input), [4, 3, 2, 1]);
});

Deno.test("readPriceFile() puts a later price of a model before an earlier one", () => {
  const file = { m: [price, { since: "2026-10-01", ...price, input: 5 }] };

  assert.deepEqual(pricesOf(file, "m").map(({ input }) => input), [5, 4]);
});

const refused: readonly (readonly [name: string, entry: unknown, message: RegExp])[] = [
  ["a rate is missing", { input: 1, output: 2 }, /'m' has no cache_read$/],
  ["a rate is negative", { ...price, output: -1 }, /output of 'm' must be a number from 0 to 10/],
  ["a rate is a text", { ...price, input: "4" }, /input of 'm' must be a number/],
  ["a rate is beyond belief", { ...price, input: 10_001 }, /input of 'm' must be a number/],
  [
    "a field is misspelt",
    { ...price, cache_raed: 1 },
    /'cache_raed'; did you mean cache_read\?$/,
  ],
  ["a field is unheard of", { ...price, colour: 1 }, /unknown field 'colour'$/],
  ["a day is no day", { ...price, since: "2026-02-30" }, /since of 'm' must be a day such as/],
  ["a day is a time", { ...price, until: "2026-02-03T00:00:00Z" }, /until of 'm' must be a day/],
  ["a day is a number", { ...price, since: 2026 }, /since of 'm' must be a day/],
  [
    "the end is not after the beginning",
    { ...price, since: "2026-02-03", until: "2026-02-03" },
    /until of 'm' must be after since$/,
  ],
  ["an entry is a number", 4, /'m' must be an object of prices$/],
  ["an entry is null", null, /'m' must be an object of prices$/],
  ["one of several entries is wrong", [price, { input: 1 }], /'m' has no output$/],
  ["a multiplier is negative", { ...price, fast_multiplier: -2 }, /fast_multiplier of 'm'/],
  [
    "long context has no threshold",
    { ...price, long_context: price },
    /above in long_context of 'm' must be a whole number of tokens$/,
  ],
  [
    "long context has no rates",
    { ...price, long_context: { above: 5 } },
    /long_context of 'm' has no input$/,
  ],
  [
    "long context has a date",
    { ...price, long_context: { above: 5, ...price, since: "2026-01-01" } },
    /long_context of 'm' has an unknown field 'since'$/,
  ],
];

for (const [name, entry, message] of refused) {
  Deno.test(`readPriceFile() names the model and the field, when ${name}`, () => {
    assertRefused(JSON.stringify({ m: entry }), message);
  });
}

Deno.test("readPriceFile() refuses NaN and numbers without end", () => {
  assertRefused('{"m": {"input": NaN, "output": 1, "cache_read": 1}}', /in line 1$/);
  assertRefused('{"m": {"input": 1e999, "output": 1, "cache_read": 1}}', /input of 'm'/);
});

Deno.test("readPriceFile() tells the line, when the file is no JSON", () => {
  assertRefused('{\n  "m": {\n    "input" 1\n  }\n}', /in line 3$/);
});

for (const file of ["[]", "5", "null", ""]) {
  Deno.test(`readPriceFile() refuses a file that is no object, as '${file}'`, () => {
    assertRefused(file, /^Cannot read prices\.json: /);
  });
}

Deno.test("readPriceFile() throws nothing but PriceFileError, whatever the file", () => {
  const anyField = fc.constantFrom("input", "output", "cache_read", "since", "long_context", "x");
  const anyEntry = fc.dictionary(anyField, fc.oneof(fc.double(), fc.jsonValue()));
  const anyFile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.dictionary(fc.string(), fc.oneof(anyEntry, fc.array(anyEntry)))
      .map((json) => JSON.stringify(json)),
  );
  fc.assert(
    fc.property(anyFile, (file) => {
      try {
        for (const { entry } of readPriceFile(file)) assert.ok(entry.input >= 0);
      } catch (error) {
        assert.ok(error instanceof PriceFileError, String(error));
      }
    }),
    fcRuns(),
  );
});

function assertRefused(file: string, message: RegExp): void {
  assert.throws(() => readPriceFile(file), (error) => {
    assert.ok(error instanceof PriceFileError);
    assert.match(error.message, message);
    assert.match(error.message, /^Cannot read prices\.json: /);
    return true;
  });
}
