/** Tests of `core/reports/cost.ts`. */

import assert from "node:assert/strict";
import { costOf, NOT_KNOWN } from "../../../core/reports/cost.ts";
import { MODEL_COUNTS } from "../../../core/session_counts.ts";

Deno.test("costOf() adds up models and searches, and tells what share has a price", () => {
  const cost = costOf([
    counts({ input: 30, output: 45, priced_tokens: 75, cost_micros: 1_500_000 }),
    counts({ cache_read: 25 }),
  ], 3);

  assert.deepEqual(cost, {
    cost_usd: 1.53,
    cost_is_lower_bound: false,
    cost_coverage: 0.75,
  });
});

Deno.test("costOf() is null, when no model has a price", () => {
  const cost = costOf([counts({ input: 30 })], 3);

  assert.deepEqual(cost, { cost_usd: null, cost_is_lower_bound: null, cost_coverage: 0 });
});

Deno.test("costOf() is null, when no message's tokens are kept, and else leaves those out", () => {
  const untold = counts({ messages: 2, messages_without_tokens: 2 });
  const told = counts({ messages: 1, input: 5, priced_tokens: 5, cost_micros: 9 });

  assert.deepEqual(costOf([untold], 0), NOT_KNOWN);
  assert.equal(costOf([untold, told], 0).cost_usd, 0.000009);
  assert.equal(costOf([], 0).cost_usd, 0);
});

Deno.test("costOf() is a lower bound, when the output of a model with a price is", () => {
  const open = { messages_without_stop_reason: 1, input: 1 };

  assert.equal(costOf([counts({ ...open, priced_tokens: 1 })], 0).cost_is_lower_bound, true);
  const other = costOf([counts(open), counts({ input: 1, priced_tokens: 1 })], 0);
  assert.equal(other.cost_is_lower_bound, false);
});

Deno.test("costOf() is null, when no response has ended and none told of a token", () => {
  const open = counts({ messages: 2, messages_without_stop_reason: 2 });
  const ended = counts({ messages: 1 });

  assert.deepEqual(costOf([open], 0), NOT_KNOWN);
  assert.deepEqual(costOf([ended], 0).cost_usd, 0);
  assert.equal(costOf([open], 1).cost_is_lower_bound, true);
});

Deno.test("costOf() is nothing, when nothing happened", () => {
  assert.deepEqual(costOf([], 0), {
    cost_usd: 0,
    cost_is_lower_bound: false,
    cost_coverage: null,
  });
});

function counts(some: Partial<Record<typeof MODEL_COUNTS[number], number>>) {
  return Object.fromEntries(MODEL_COUNTS.map((name) => [name, some[name] ?? 0])) as Record<
    typeof MODEL_COUNTS[number],
    number
  >;
}
