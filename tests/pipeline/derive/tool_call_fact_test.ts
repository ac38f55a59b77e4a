/** Tests of `pipeline/derive/tool_call_fact.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { DECIDERS, REVIEWS } from "../../../core/edit_verdict.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { CODE_COUNTS, DEED_COUNTS, OUTCOMES } from "../../../core/session_counts.ts";
import {
  mergeToolCalls,
  toldByHook,
  toldNote,
  toldProposal,
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
  agent: null,
  response: null,
  model: null,
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
const noShare = {
  share_session: null,
  share_at: null,
  share_micros: null,
  share_tokens: null,
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
  is_edit: bit,
  agent: fc.option(few),
  mode: fc.option(word),
  response: fc.option(few),
  model: fc.option(word),
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
  decided_by: fc.constantFrom(null, ...Object.values(DECIDERS)),
  duration_ms: fc.option(few),
  ...counts,
}).map((result) => fact({ ...result, resolved_at: result.at, result_source: 0 }));
const hooks = fc.record({
  session: few,
  at: few,
  tool: word,
  side: bit,
  outcome: few,
  error: fc.option(word),
  ...counts,
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

const notes = fc.record({
  session: few,
  at: few,
  side: bit,
  reviewed: fc.constantFrom(null, 1, 2),
  noted_added: fc.option(few),
  noted_removed: fc.option(few),
  duration_ms: fc.option(few),
}).map((note) => fact({ ...note, called: 0 }));

Deno.test("mergeToolCalls() does not care for order, grouping and repetition", () => {
  assertLaws(
    fc.oneof(uses, results, hooks, notes),
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

Deno.test("mergeToolCalls() takes the same of two results at once, whoever let it run", () => {
  const answer = { resolved_at: 30, result_source: 0, outcome: 0, at: 30 };
  const byHook = fact({ ...answer, decided_by: DECIDERS.hook });
  const byRule = fact({ ...answer, decided_by: DECIDERS.rule, git_pushes: 1 });

  const merged = merge(byHook, byRule);

  assert.deepEqual([merged.decided_by, merged.git_pushes], [DECIDERS.rule, 1]);
  assert.deepEqual([merge(merged, byHook), merge(merged, byRule)], [merged, merged]);
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

Deno.test("toldByHook() takes how a call ended from who says so, and the lines with it", () => {
  const plain = told(hookEvent({ success: false }));
  const denied = told(hookEvent({
    success: false,
    outcome: "permission_denied" as SafeText,
    error_class: "file_not_read" as SafeText,
    lines_added: 3,
    lines_removed: 1,
  }));

  assert.equal(plain.outcome, OUTCOMES.indexOf("failed"));
  assert.equal(denied.outcome, OUTCOMES.indexOf("permission_denied"));
  assert.equal(denied.error, numbers.word("file_not_read"));
  assert.deepEqual([denied.lines_added, denied.lines_removed], [3, 1]);
});

Deno.test("mergeToolCalls() counts lines once, when a hook and another source tell them", () => {
  const hook = told(hookEvent({ success: true, lines_added: 3, lines_removed: 1 }));
  const result = makeToolResult({ id: "r", use: "u", at: NOON + 90 });
  const line = told({ ...result, payload: { ...result.payload, lines_added: 4 } });

  for (const merged of [merge(hook, line), merge(line, hook)]) {
    assert.deepEqual([merged.lines_added, merged.lines_removed], [4, 0]);
  }
});

Deno.test("toldResult() takes an outcome of another version for a failure", () => {
  const { outcome } = told(makeToolResult({ id: "r", use: "u", outcome: "vanished" }));

  assert.equal(outcome, OUTCOMES.indexOf("failed"));
});

Deno.test("toldUse() knows an edit by what the event says, or by a name that is known", () => {
  const kinds = (tool: string, kind?: string) => {
    const { payload, ...event } = makeToolUse({ id: "u", use: "u", tool });
    return told({ ...event, payload: { ...payload, tool_kind: kind as SafeText } }).is_edit;
  };

  assert.deepEqual(
    [kinds("Edit"), kinds("Bash"), kinds("edit_file", "edit"), kinds("Edit", "read")],
    [1, 0, 1, 0],
  );
});

Deno.test("toldNote() adds lines, a duration and a verdict to a call, and makes none", () => {
  const note = toldNote(
    makeEvent("tool_note", { id: "n" }, {
      noted_added: 4,
      noted_removed: 0,
      duration_ms: 7,
      reviewed: "rejected" as SafeText,
    }),
    1,
  );
  const merged = merge(told(makeToolUse({ id: "u", use: "u" })), note);

  assert.deepEqual([note.tool, note.called], [null, 0]);
  assert.deepEqual(
    [merged.called, merged.noted_added, merged.noted_removed, merged.duration_ms],
    [1, 4, 0, 7],
  );
  assert.equal(merged.reviewed, REVIEWS.rejected);
  assert.equal(merged.outcome, null);
});

Deno.test("toldProposal() is an edit that no call made", () => {
  const { is_edit, called, reviewed } = toldProposal(
    makeEvent("edit_proposal", { id: "p" }, {
      tool: "code_block" as SafeText,
      tool_kind: "edit" as SafeText,
      reviewed: "accepted" as SafeText,
    }),
    1,
    numbers,
  );

  assert.deepEqual([is_edit, called, reviewed], [1, 0, REVIEWS.accepted]);
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
    fate: 0,
    is_edit: 0,
    called: 1,
    reviewed: null,
    reported: null,
    noted_added: null,
    noted_removed: null,
    ...noShare,
    ...some,
  } as ToolCallFact;
}
