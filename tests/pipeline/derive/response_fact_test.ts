/** Tests of `pipeline/derive/response_fact.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { SafeText } from "../../../core/privacy.ts";
import {
  KEPT,
  mergeResponses,
  modelCounts,
  type ResponseFact,
  toldResponse,
  unsplitOf,
} from "../../../pipeline/derive/response_fact.ts";
import { makeEvent, makeResponse, NOON } from "../../helpers/events.ts";
import { assertLaws, bit, compareNumbers, few, word } from "./laws.ts";

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
  thinking: bit,
  web_searches: bit,
  fast: bit,
  cost: fc.constant(null),
  kept: fc.constantFrom(0, 1, 2),
  agent: fc.option(few),
  calls_told: bit,
  calls: fc.constant(0),
  cache_read_saved: fc.constant(null),
  cache_write_extra: fc.constant(null),
  agent_type: fc.option(word),
  skill: fc.option(word),
  server: fc.option(word),
  effort: fc.option(word),
  exported: fc.constant(0),
  request: fc.option(word),
}, { noNullPrototype: true });

Deno.test("mergeResponses() does not care for order, grouping and repetition", () => {
  assertLaws(responses, (a, b, session) => mergeResponses(a, b, session, compareNumbers));
});

Deno.test("mergeResponses() takes the line with the greatest output, whole", () => {
  const first = response({ output: 3, input: 9, at: 10 });
  const last = response({ output: 70, input: 4, at: 20, stopped: 1 });

  const merged = mergeResponses(first, last, 5, compareNumbers);

  assert.deepEqual(merged, { ...last, at: 10, session: 5 });
});

Deno.test("mergeResponses() takes the parent's line before a side chain's copy", () => {
  const parent = response({ output: 3 });
  const copy = response({ output: 70, side: 1, stopped: 1 });

  const merged = mergeResponses(copy, parent, 1, compareNumbers);

  assert.deepEqual([merged.output, merged.side], [3, 0]);
});

Deno.test("toldResponse() reads what costs and what does not", () => {
  const event = makeEvent("assistant_response", { id: "a" }, {
    ...makeResponse({ id: "a", output: 9 }).payload,
    thinking_tokens: 4,
    web_searches: 2,
    fast: true,
  });

  const { thinking, web_searches, fast, at, cost } = toldResponse(event, 1, () => 7);

  assert.deepEqual(
    { thinking, web_searches, fast, at, cost },
    { thinking: 4, web_searches: 2, fast: 1, at: NOON, cost: null },
  );
});

Deno.test("mergeResponses() knows whose a response is, whichever line tells it", () => {
  const first = response({ output: 3, agent_type: 2, effort: 3 });
  const last = response({ output: 70, server: 1 });

  const { agent_type, server, skill, effort } = mergeResponses(last, first, 1, compareNumbers);

  assert.deepEqual({ agent_type, server, skill, effort }, {
    agent_type: 2,
    server: 1,
    skill: null,
    effort: 3,
  });
});

Deno.test("unsplitOf() is what the total has above its parts, and never less than 0", () => {
  const fact = response({ cache_creation: 10, cache_creation_5m: 3, cache_creation_1h: 4 });

  assert.equal(unsplitOf(fact), 3);
  assert.equal(unsplitOf({ ...fact, cache_creation: 5 }), 0);
});

Deno.test("modelCounts() counts tokens as priced only where the response has a cost", () => {
  const fact = response({ input: 10, output: 5, cache_read: 20, cache_creation: 40, fast: 1 });

  const free = modelCounts(fact), priced = modelCounts({ ...fact, cost: 12, stopped: 1 });

  assert.deepEqual([free.priced_tokens, free.cost_micros], [0, 0]);
  assert.deepEqual([priced.priced_tokens, priced.cost_micros], [75, 12]);
  assert.deepEqual([free.messages_without_stop_reason, priced.messages_without_stop_reason], [
    1,
    0,
  ]);
  assert.equal(free.fast_messages, 1);
});

Deno.test("modelCounts() keeps an estimate apart, and counts what is not kept", () => {
  const fact = response({ input: 10, output: 5, cost: null });

  const none = modelCounts({ ...fact, kept: KEPT.not_kept, input: 0, output: 0 });
  const guess = modelCounts({ ...fact, kept: KEPT.estimated });

  assert.deepEqual([none.messages, none.messages_without_tokens, none.input], [1, 1, 0]);
  assert.deepEqual([guess.input, guess.estimated_input, guess.estimated_output], [0, 10, 5]);
  assert.equal(guess.messages_without_stop_reason, 0);
});

Deno.test("toldResponse() takes tokens for exact, unless an event says otherwise", () => {
  const kept = (tokens?: string) =>
    toldResponse(
      makeEvent("assistant_response", { id: "a" }, { tokens: tokens as SafeText | undefined }),
      1,
      () => 7,
    ).kept;

  assert.deepEqual(
    [kept(), kept("not_kept"), kept("estimated"), kept("x")],
    [KEPT.exact, KEPT.not_kept, KEPT.estimated, KEPT.exact],
  );
});

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
    thinking: 0,
    web_searches: 0,
    fast: 0,
    cost: null,
    kept: KEPT.exact,
    agent: null,
    calls_told: 0,
    calls: 0,
    cache_read_saved: null,
    cache_write_extra: null,
    agent_type: null,
    skill: null,
    server: null,
    effort: null,
    exported: 0,
    request: null,
    ...told,
  };
}
