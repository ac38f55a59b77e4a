/** Tests of `pipeline/derive/tool_call_fact.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { CODE_COUNTS, DEED_COUNTS, OUTCOMES } from "../../../core/session_counts.ts";
import {
  mergeToolCalls,
  toldByHook,
  toldResult,
  toldUse,
  type ToolCallFact,
} from "../../../pipeline/derive/tool_call_fact.ts";
import { makeEvent, makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { assertLaws, bit, compareNumbers, few, word } from "./laws.ts";

const WORDS = ["Edit", "ts", "acceptEdits", "default", "file_not_read", "Bash"];
const numbers = {
  word: (text: string) => 1 + WORDS.indexOf(text),
  file: () => 77,
};
const counts = Object.fromEntries([...CODE_COUNTS, ...DEED_COUNTS].map((name) => [name, bit]));
const noUse = {
  tool: null,
  used_at: null,
  use_source: null,
  extension: null,
  file: null,
  form: null,
};
const noResult = {
  resolved_at: null,
  result_source: null,
  outcome: null,
  error: null,
  result_characters: null,
  user_modified: 0,
  decided_by: null,
  ...Object.fromEntries([...CODE_COUNTS, ...DEED_COUNTS].map((name) => [name, 0])),
};
const noMode = { mode: null, mode_source: null };

const uses = fc.record({
  session: few,
  at: few,
  tool: word,
  side: bit,
  extension: fc.option(word),
  file: fc.option(few),
  form: fc.option(word),
  headless: bit,
  mode: fc.option(word),
}).map((use) =>
  fact({
    ...use,
    used_at: use.at,
    use_source: 0,
    mode_source: use.mode === null ? null : 0,
  })
);
const results = fc.record({
  session: few,
  at: few,
  side: bit,
  outcome: few,
  error: fc.option(word),
  result_characters: fc.option(few),
  user_modified: bit,
  decided_by: fc.constantFrom(null, 1, 2),
  duration_ms: fc.option(few),
  ...counts,
}).map((result) => fact({ ...result, resolved_at: result.at, result_source: 0 }));
const hooks = fc.record({
  session: few,
  at: few,
  tool: word,
  side: bit,
  outcome: few,
  duration_ms: fc.option(few),
  mode: fc.option(word),
}).map((hook) =>
  fact({
    ...hook,
    use_source: 1,
    resolved_at: hook.at,
    result_source: 1,
    mode_source: hook.mode === null ? null : 1,
  })
);

Deno.test("mergeToolCalls() does not care for order, grouping and repetition", () => {
  assertLaws(
    fc.oneof(uses, results, hooks),
    (a, b, session) => mergeToolCalls(a, b, session, compareNumbers),
  );
});

Deno.test("mergeToolCalls() joins a use with its result, whichever comes first", () => {
  const use = told(makeToolUse({ id: "u", use: "u", extension: "ts" }));
  const result = told(makeToolResult({ id: "r", use: "u", at: NOON + 20, added: 5 }));

  for (const pair of [[use, result], [result, use]] as const) {
    const merged = merge(...pair);

    assert.deepEqual(
      [merged.tool, merged.extension, merged.at, merged.resolved_at, merged.lines_added],
      [1, 2, NOON, NOON + 20, 5],
    );
  }
});

Deno.test("mergeToolCalls() takes the earliest result, when a call was answered twice", () => {
  const first = fact({ resolved_at: 30, result_source: 0, outcome: 2, at: 30 });
  const second = fact({ resolved_at: 40, result_source: 0, outcome: 0, at: 40, lines_added: 5 });

  const merged = merge(second, first);

  assert.deepEqual([merged.outcome, merged.lines_added, merged.at], [2, 0, 30]);
});

Deno.test("mergeToolCalls() believes a correction before the result that came first", () => {
  const use = told(makeToolUse({ id: "u", use: "u" }));
  const rejected = told(
    makeToolResult({ id: "r", use: "u", at: NOON + 90, outcome: "rejected" }),
  );
  const { payload, ...line } = makeToolResult({
    id: "c",
    use: "u",
    at: NOON + 94,
    outcome: "interrupted",
  });
  const corrected = told({ ...line, payload: { ...payload, corrects: true } });

  for (const [a, b] of [[rejected, corrected], [corrected, rejected]] as const) {
    assert.equal(merge(merge(use, a), b).outcome, OUTCOMES.indexOf("interrupted"));
  }
});

Deno.test("mergeToolCalls() believes a transcript's result before a hook's", () => {
  const use = told(makeToolUse({ id: "u", use: "u" }));
  const hook = told(hookEvent({ success: false, interrupted: true, duration_ms: 12 }));
  const result = told(makeToolResult({ id: "r", use: "u", at: NOON + 90, outcome: "rejected" }));

  const merged = merge(merge(hook, result), use);

  assert.equal(merged.outcome, OUTCOMES.indexOf("rejected"));
  assert.deepEqual([merged.resolved_at, merged.duration_ms], [NOON + 90, 12]);
});

Deno.test("mergeToolCalls() believes a hook's permission mode before a transcript's", () => {
  const use = told({
    ...makeToolUse({ id: "u", use: "u" }),
    payload: { tool: "Edit" as SafeText, permission_mode: "default" as SafeText },
  });
  const hook = told(hookEvent({ permission_mode: "acceptEdits" as SafeText }));

  assert.equal(merge(use, hook).mode, numbers.word("acceptEdits"));
});

Deno.test("toldByHook() knows a call that no transcript told", () => {
  const hook = told(hookEvent({ success: true }));

  assert.deepEqual([hook.tool, hook.outcome, hook.at], [1, OUTCOMES.indexOf("ok"), NOON + 40]);
});

Deno.test("toldResult() takes an outcome of another version for a failure", () => {
  const { outcome } = told(makeToolResult({ id: "r", use: "u", outcome: "vanished" }));

  assert.equal(outcome, OUTCOMES.indexOf("failed"));
});

function told(event: TelemetryEvent): ToolCallFact {
  if (event.hookType !== undefined) return toldByHook(event, 1, numbers);
  return event.eventType === "tool_use"
    ? toldUse(event, 1, numbers)
    : toldResult(event, 1, numbers);
}

function hookEvent(payload: TelemetryEvent["payload"]): TelemetryEvent {
  const event = makeEvent("tool_use", { id: "h", at: NOON + 40 }, {
    tool: "Edit" as SafeText,
    tool_use_id: "u" as SafeText,
    ...payload,
  });
  return { ...event, hookType: "PostToolUse" as SafeText };
}

function merge(a: ToolCallFact, b: ToolCallFact): ToolCallFact {
  return mergeToolCalls(a, b, 1, compareNumbers);
}

function fact(some: Partial<ToolCallFact>): ToolCallFact {
  return {
    session: 1,
    at: 0,
    side: 0,
    ...noUse,
    headless: 0,
    ...noResult,
    ...noMode,
    duration_ms: null,
    asked: 0,
    ...some,
  } as ToolCallFact;
}
