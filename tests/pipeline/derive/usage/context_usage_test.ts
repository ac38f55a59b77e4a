/** Tests of `pipeline/derive/usage/context_usage.ts`: the context of model one holds 1,000. */

import assert from "node:assert/strict";
import {
  watchCompactions,
  watchRequests,
} from "../../../../pipeline/derive/usage/context_usage.ts";
import { call, input, response, shownTo } from "./shown.ts";

Deno.test("watchRequests() says how much of the context requests filled", () => {
  const { counts, session } = shownTo(watchRequests, [
    response({ input: 100, cacheRead: 200, cacheCreation: 100, output: 999 }),
    response({ cacheRead: 501 }),
    response({ cacheRead: 900 }),
    response({ cacheRead: 950, side: true }),
    response({ cacheRead: 300 }),
  ]);

  assert.deepEqual(counts, {
    requests: 4,
    requests_with_limit: 4,
    requests_over_half: 2,
    requests_over_four_fifths: 1,
    largest_request: 900,
    largest_fill: 900_000,
  });
  assert.deepEqual(session, {
    request_last: 300,
    request_median: 400,
    request_largest: 900,
    fill_last: 300_000,
    fill_median: 400_000,
    fill_largest: 900_000,
  });
});

Deno.test("watchRequests() knows no share of a context that is not known, or too small", () => {
  const { counts, session } = shownTo(watchRequests, [
    response({ model: "other", input: 70 }),
    response({ input: 1001 }),
    response({ input: 5, tokensKept: false }),
    response(),
  ]);

  assert.deepEqual(counts, { model_switches: 1, requests: 2, largest_request: 1001 });
  assert.deepEqual([session?.request_last, session?.fill_last, session?.fill_median], [
    1001,
    null,
    null,
  ]);
});

Deno.test("watchCompactions() says what they freed, when they came and what followed", () => {
  const { counts } = shownTo(watchCompactions, [
    response(),
    input("context_compact", { tokensBefore: 900, tokensAfter: 200 }),
    call("Bash"),
    response(),
    input("context_compact", { tokensBefore: 800 }),
    call("Bash", { side: true }),
  ]);

  assert.deepEqual(counts, {
    compactions: 2,
    compactions_told: 1,
    tokens_freed: 700,
    compaction_gaps: 1,
    compaction_gap_ms: 180_000,
    operations_after_compaction: 3,
  });
});
