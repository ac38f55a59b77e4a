/** Tests of `core/reports/totals.ts`: from sums to the names of the contract. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { NO_OVERLAP } from "../../../core/reports/concurrency.ts";
import { isOutputOpen } from "../../../core/reports/output_bound.ts";
import { ratesOf, totalsOf } from "../../../core/reports/totals.ts";
import { type Counts, inputCounts, type Sums } from "../../../core/reports/sums.ts";
import { MODEL_COUNTS, OUTCOMES, TOOL_COUNTS } from "../../../core/session_counts.ts";
import { EVENT_TYPES } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const NOTHING: Sums = {
  models: new Map(),
  tools: new Map(),
  inputs: inputCounts([]),
  errors: new Map(),
  activity: { durationMs: 0, activeMs: 0, overlap: NO_OVERLAP, files: new Map() },
  agents: 0,
  sessions: 0,
  untold: null,
  estimatedMicros: null,
  hunks: null,
  rewound: null,
  shares: null,
};

const UNKNOWN: Sums = {
  models: null,
  tools: null,
  inputs: null,
  errors: null,
  activity: null,
  agents: null,
  sessions: 0,
  untold: null,
  estimatedMicros: null,
  hunks: null,
  rewound: null,
  shares: null,
};

Deno.test("totalsOf() is 0 where nothing happened, null where nothing can be known", () => {
  const nothing = totalsOf(NOTHING);
  const unknown = totalsOf(UNKNOWN);

  assert.equal(nothing.tool_uses, 0);
  assert.equal(nothing.tokens.output, 0);
  assert.equal(nothing.user_prompts, 0);
  assert.deepEqual(nothing.tool_uses_by_name, {});
  const { tokens, acceptance, unknown: reasons, ...single } = unknown;
  assert.deepEqual(reasons, {});
  assert.deepEqual(new Set(Object.values(single)), new Set([null]));
  assert.deepEqual(new Set(Object.values(tokens)), new Set([null]));
  const { evidence, ...verdicts } = acceptance;
  assert.deepEqual(new Set(Object.values(verdicts)), new Set([null]));
  assert.deepEqual(evidence, {});
});

Deno.test("totalsOf() has the same names, whatever is known", () => {
  const unknown = totalsOf(UNKNOWN);

  assert.deepEqual(Object.keys(unknown).sort(), Object.keys(totalsOf(NOTHING)).sort());
});

Deno.test("totalsOf() names tools by how often, and leaves out those without a count", () => {
  const tools = new Map([
    ["Read", toolCounts({ uses: 2, ok: 2 })],
    ["Bash", toolCounts({ uses: 5, ok: 3, failed: 1, rejected: 1 })],
  ]);

  const totals = totalsOf({ ...NOTHING, tools });

  assert.deepEqual(Object.entries(totals.tool_uses_by_name!), [["Bash", 5], ["Read", 2]]);
  assert.deepEqual(totals.tool_errors_by_name, { Bash: 2 });
  assert.deepEqual(totals.rejections_by_name, { Bash: 1 });
});

Deno.test("totalsOf() counts no call twice by its outcome", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(99), { minLength: 7, maxLength: 7 })), (rows) => {
      const tools = new Map(rows.map((row, i) => [
        `T${i}`,
        toolCounts(Object.fromEntries(OUTCOMES.map((name, at) => [name, row[at]!]))),
      ]));

      const totals = totalsOf({ ...NOTHING, tools });
      const kinds = sumOf(totals.tool_results_by_kind!);

      assert.equal(kinds, sumOf(rows.flat()));
      assert.equal(sumOf(totals.tool_errors_by_name!), kinds - totals.tool_results_by_kind!.ok!);
    }),
    fcRuns(),
  );
});

Deno.test("ratesOf() counts refusals and interruptions as no errors", () => {
  const tools = new Map([[
    "Bash",
    toolCounts({ uses: 20, ok: 6, failed: 2, rejected: 2, interrupted: 5, hook_blocked: 1 }),
  ]]);

  const { error, rejection } = ratesOf(totalsOf({ ...NOTHING, tools }));

  assert.deepEqual([error!.value, error!.n], [0.25, 8]);
  assert.deepEqual([rejection!.value, rejection!.n], [0.2, 10]);
});

Deno.test("ratesOf() shares cache reads among all input tokens", () => {
  const models = new Map([["m", modelCounts({ input: 10, cache_read: 60, cache_creation: 30 })]]);

  const { cache_hit } = ratesOf(totalsOf({ ...NOTHING, models }));

  assert.deepEqual([cache_hit!.value, cache_hit!.n], [0.6, 100]);
});

Deno.test("ratesOf() shares interruptions among prompts, at most all of them", () => {
  const [prompt, queued, interruption] = ["user_prompt", "queued_prompt", "interruption"]
    .map((type) => EVENT_TYPES.indexOf(type as typeof EVENT_TYPES[number])) as [
      number,
      number,
      number,
    ];
  const rate = (pairs: [number, number][]) =>
    ratesOf(totalsOf({ ...NOTHING, inputs: inputCounts(pairs) })).interruption;

  const some = rate([[prompt, 3], [queued, 1], [interruption, 1]])!;

  assert.deepEqual([some.value, some.n], [0.25, 4]);
  assert.equal(rate([[prompt, 1], [interruption, 4]])!.value, 1);
  assert.equal(rate([[interruption, 4]]), null);
});

Deno.test("ratesOf() knows no acceptance yet", () => {
  const { acceptance, kept } = ratesOf(totalsOf(NOTHING));

  assert.deepEqual([acceptance, kept], [null, null]);
});

function toolCounts(some: Partial<Counts<typeof TOOL_COUNTS[number]>>) {
  return withZeros(TOOL_COUNTS, some);
}

function modelCounts(some: Partial<Counts<typeof MODEL_COUNTS[number]>>) {
  return withZeros(MODEL_COUNTS, some);
}

function withZeros<Name extends string>(
  names: readonly Name[],
  some: Partial<Counts<Name>>,
): Counts<Name> {
  return Object.fromEntries(names.map((name) => [name, some[name] ?? 0])) as Counts<Name>;
}

function sumOf(counts: Readonly<Record<string, number>> | readonly number[]): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

Deno.test("totalsOf() tells no tokens and no cost, when a client keeps none, and why", () => {
  const models = new Map([["m", modelCounts({ messages: 3, messages_without_tokens: 3 })]]);
  const untold = { sessions: 1, platforms: ["p"] };

  const totals = totalsOf({ ...NOTHING, models, untold, sessions: 1 });

  const reason = { reason: "not_kept_by_platform", sessions: 1, platforms: ["p"] };
  assert.deepEqual(totals.unknown, { tokens: reason, cost_usd: reason });
  assert.deepEqual(new Set(Object.values(totals.tokens)), new Set([null]));
  assert.deepEqual([totals.cost_usd, totals.cost_coverage], [null, null]);
  assert.equal(totals.tokens_by_model!.m!.input, null);
  assert.equal(totals.assistant_messages, 3);
  assert.equal(isOutputOpen(totals), false);
  assert.equal(ratesOf(totals).cache_hit, null);
});

Deno.test("totalsOf() adds up what is known, and says what is not in it", () => {
  const models = new Map([
    ["a", modelCounts({ messages: 1, input: 4, output: 2, priced_tokens: 6, cost_micros: 9 })],
    ["b", modelCounts({ messages: 3, messages_without_tokens: 3, estimated_input: 700 })],
  ]);

  const totals = totalsOf({ ...NOTHING, models, untold: { sessions: 2, platforms: ["p"] } });

  assert.deepEqual([totals.tokens.input, totals.cost_usd], [4, 0.000009]);
  assert.equal(totals.unknown.tokens!.sessions, 2);
  assert.deepEqual(totals.estimated, { input: 700, output: 0, cost_usd: null });
  assert.equal(totals.tokens_by_model!.b!.cost_usd, null);
});

Deno.test("totalsOf() knows no tokens, when there are no answers and none would be kept", () => {
  const untold = { sessions: 1, platforms: ["p"] };
  const totals = totalsOf({ ...NOTHING, untold, estimatedMicros: 125_000 });

  assert.deepEqual([totals.tokens.output, totals.cost_usd], [null, null]);
  assert.deepEqual(totals.estimated, { input: 0, output: 0, cost_usd: 0.125 });
});

Deno.test("totalsOf() tells of a model whose searches alone are of the period", () => {
  const totals = totalsOf({ ...NOTHING, models: new Map(), searches: new Map([["a", 2]]) });

  const { messages, web_searches, cost_usd } = totals.tokens_by_model!.a!;
  assert.deepEqual([messages, web_searches, cost_usd], [0, 2, 0.02]);
});
