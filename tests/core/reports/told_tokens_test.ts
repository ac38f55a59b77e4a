/** Tests of `core/reports/told_tokens.ts`: tokens that nothing tells are no zero. */

import { deepEqual, equal } from "node:assert/strict";
import { tellsTokens, toldTokens, withToldTokens } from "../../../core/reports/told_tokens.ts";
import type { ModelTotals } from "../../../core/reports/totals.ts";

const ZERO = { input: 0, output: 0, cache_read: 0, cache_creation: 0 };
const NONE = { input: null, output: null, cache_read: null, cache_creation: null };
const OPEN = { ...ZERO, messages: 2, messages_without_stop_reason: 2 } as ModelTotals;

Deno.test("tellsTokens() is no, when responses did not end and have no token", () => {
  equal(tellsTokens(OPEN), false);
  equal(tellsTokens({ ...OPEN, input: 1 }), true);
  equal(tellsTokens({ ...OPEN, messages_without_stop_reason: 0 }), true);
});

Deno.test("toldTokens() are null, when no model tells any, and as they are else", () => {
  const of = (tokens_by_model: Record<string, ModelTotals> | null, tokens = ZERO) =>
    toldTokens({ tokens, tokens_by_model });
  const some = { ...ZERO, input: 3 };

  deepEqual(of({ a: OPEN }), NONE);
  deepEqual(of({ a: OPEN, b: { ...OPEN, input: 3 } }, some), some);
  deepEqual(of({}), ZERO);
  deepEqual(of(null, some), some);
});

Deno.test("withToldTokens() leaves all but the tokens as it is", () => {
  const totals = { tokens: ZERO, tokens_by_model: { a: OPEN }, tool_uses: 1 };

  deepEqual(withToldTokens(totals), { ...totals, tokens: NONE });
});
