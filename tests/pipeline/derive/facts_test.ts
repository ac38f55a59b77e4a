/**
 * Tests of `pipeline/derive/facts.ts`: merging tellings of one fact in any order, any grouping
 * and any number of times gives the same. The domains are small, so that ties are frequent.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type EarlierSession,
  type InputFact,
  mergeInputs,
  mergeResponses,
  mergeToolCalls,
  type ResponseFact,
  type ToolCallFact,
} from "../../../pipeline/derive/facts.ts";
import { fcRuns } from "../fc_runs.ts";

const few = fc.nat({ max: 2 });
const bit = fc.nat({ max: 1 });
const word = fc.integer({ min: 1, max: 3 });

const plain = { noNullPrototype: true };

const responses: fc.Arbitrary<ResponseFact> = fc.record({
  session: few,
  at: few,
  model: word,
  side: bit,
  stopped: bit,
  input: few,
  output: few,
  cache_read: few,
  cache_creation: few,
  cache_creation_5m: bit,
  cache_creation_1h: bit,
}, plain);

const noResult = {
  resolved_at: null,
  outcome: null,
  lines_added: 0,
  lines_removed: 0,
  files_created: 0,
  created_file_lines: 0,
};

const uses: fc.Arbitrary<ToolCallFact> = fc.record({
  session: few,
  at: few,
  tool: word,
  side: bit,
  extension: fc.option(word),
}).map((use) => ({ ...noResult, ...use, used_at: use.at }));

const results: fc.Arbitrary<ToolCallFact> = fc.record({
  session: few,
  at: few,
  side: bit,
  outcome: few,
  lines_added: bit,
  lines_removed: bit,
  files_created: bit,
  created_file_lines: bit,
}).map((result) => ({
  ...result,
  tool: null,
  used_at: null,
  extension: null,
  resolved_at: result.at,
}));

const inputs: fc.Arbitrary<InputFact> = fc.record(
  { session: few, at: few, kind: few },
  plain,
);

Deno.test("mergeResponses() does not care for order, grouping and repetition", () => {
  assertLaws(responses, (a, b, earlier) => mergeResponses(a, b, earlier, compare));
});

Deno.test("mergeToolCalls() does not care for order, grouping and repetition", () => {
  assertLaws(fc.oneof(uses, results), mergeToolCalls);
});

Deno.test("mergeInputs() does not care for order, grouping and repetition", () => {
  assertLaws(inputs, mergeInputs);
});

Deno.test("mergeResponses() takes the line with the greatest output, whole", () => {
  const first = response({ output: 3, input: 9, at: 10, session: 1 });
  const last = response({ output: 70, input: 4, at: 20, session: 2, stopped: 1 });

  const merged = mergeResponses(first, last, Math.min, compare);

  assert.deepEqual(merged, { ...last, at: 10, session: 1 });
});

Deno.test("mergeResponses() takes the parent's line before a side chain's copy", () => {
  const parent = response({ output: 3 });
  const copy = response({ output: 70, side: 1, stopped: 1 });

  const merged = mergeResponses(copy, parent, Math.min, compare);

  assert.deepEqual([merged.output, merged.side], [3, 0]);
});

Deno.test("mergeToolCalls() joins a use with its result, whichever comes first", () => {
  const use = toolCall({ tool: 4, used_at: 10, at: 10, extension: 7 });
  const result = toolCall({ resolved_at: 30, at: 30, outcome: 1, lines_added: 5 });

  const merged = mergeToolCalls(result, use, Math.min);

  assert.deepEqual(merged, {
    ...use,
    resolved_at: 30,
    outcome: 1,
    lines_added: 5,
  });
});

Deno.test("mergeToolCalls() takes the earliest result, when a call was answered twice", () => {
  const first = toolCall({ resolved_at: 30, at: 30, outcome: 2 });
  const second = toolCall({ resolved_at: 40, at: 40, outcome: 0, lines_added: 5 });

  const merged = mergeToolCalls(second, first, Math.min);

  assert.deepEqual([merged.outcome, merged.lines_added, merged.at], [2, 0, 30]);
});

Deno.test("mergeInputs() gives a shared input to the earlier session", () => {
  const merged = mergeInputs(
    { session: 5, at: 10, kind: 0 },
    { session: 3, at: 12, kind: 0 },
    (a, b) => Math.max(a, b),
  );

  assert.deepEqual(merged, { session: 5, at: 10, kind: 0 });
});

/** Any two ways to merge the same set of tellings give the same fact. */
function assertLaws<T>(
  facts: fc.Arbitrary<T>,
  merge: (a: T, b: T, earlier: EarlierSession) => T,
): void {
  const join = (a: T, b: T) => merge(a, b, Math.min);
  fc.assert(
    fc.property(facts, facts, facts, (a, b, c) => {
      assert.deepEqual(join(a, a), a, "idempotent");
      assert.deepEqual(join(a, b), join(b, a), "commutative");
      assert.deepEqual(join(join(a, b), c), join(a, join(b, c)), "associative");
      assert.deepEqual(join(join(a, b), b), join(a, b), "absorbs what it holds");
    }),
    { numRuns: 40 * fcRuns().numRuns },
  );
}

function response(told: Partial<ResponseFact>): ResponseFact {
  return {
    session: 1,
    at: 0,
    model: 1,
    side: 0,
    stopped: 0,
    input: 0,
    output: 0,
    cache_read: 0,
    cache_creation: 0,
    cache_creation_5m: 0,
    cache_creation_1h: 0,
    ...told,
  };
}

function toolCall(told: Partial<ToolCallFact>): ToolCallFact {
  return {
    ...noResult,
    session: 1,
    at: 0,
    tool: null,
    side: 0,
    used_at: null,
    extension: null,
    ...told,
  };
}

function compare(a: number, b: number): number {
  return a - b;
}
