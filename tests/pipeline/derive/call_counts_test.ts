/** Tests of `pipeline/derive/call_counts.ts`: each call has one fate, and its share goes there. */

import assert from "node:assert/strict";
import { TOOL_COUNTS } from "../../../core/session_counts.ts";
import { fateOf, shareCounts, talkCounts } from "../../../pipeline/derive/call_counts.ts";
import type { ResponseFact } from "../../../pipeline/derive/response_fact.ts";
import type { ToolCounts } from "../../../pipeline/derive/tool_call_counts.ts";
import type { ToolCallFact } from "../../../pipeline/derive/tool_call_fact.ts";

for (
  const [told, fate] of [
    [{ ok: 1, edits_accepted: 1 }, "edits_accepted"],
    [{ ok: 1, edits_auto: 1 }, "edits_auto"],
    [{ rejected: 1, edits_rejected: 1 }, "edits_rejected"],
    [{ ok: 1, edits_rejected: 1 }, "edits_rejected"],
    [{ ok: 1, edits_modified: 1 }, "edits_modified"],
    [{ ok: 1, edits_undone: 1 }, "edits_undone"],
    [{ ok: 1, edits_unknown: 1 }, "edits_unknown"],
    [{ failed: 1, edits_unknown: 1 }, "calls_failed"],
    [{ permission_denied: 1, edits_unknown: 1 }, "refused_by_rule"],
    [{ edits_unknown: 1 }, "unfinished"],
    [{ ok: 1 }, "calls_ok"],
    [{ failed: 1 }, "calls_failed"],
    [{ rejected: 1 }, "refused_by_person"],
    [{ permission_denied: 1 }, "refused_by_rule"],
    [{ hook_blocked: 1 }, "refused_by_hook"],
    [{ interrupted: 1 }, "interrupted"],
    [{ cancelled_sibling: 1 }, "cancelled"],
    [{}, "unfinished"],
  ] as [Partial<ToolCounts>, string][]
) {
  Deno.test(`fateOf() is ${fate} of ${Object.keys(told).join(" and ") || "no end"}`, () => {
    assert.equal(fateOf(counts(told)), fate);
  });
}

Deno.test("shareCounts() gives the share to what became of the call", () => {
  const rejected = shareCounts(call(), counts({ rejected: 1, edits_rejected: 1 }))!;
  const refused = shareCounts(call(), counts({ permission_denied: 1 }))!;
  const failed = shareCounts(call(), counts({ failed: 1 }))!;

  assert.deepEqual([rejected.cost_edits_rejected, rejected.tokens_rejected], [50, 7]);
  assert.deepEqual([refused.cost_refused_by_rule, refused.tokens_rejected], [50, 0]);
  assert.deepEqual([failed.tokens_failed, failed.tokens_rejected], [7, 0]);
  assert.equal(failed.priced_calls, 1);
});

Deno.test("shareCounts() counts lines of edits that stand, of new files too", () => {
  const lines = { ok: 1, lines_added: 5, created_file_lines: 12 };

  const accepted = shareCounts(call(), counts({ edits_accepted: 1, ...lines }))!;
  const auto = shareCounts(call(), counts({ edits_auto: 1, ...lines }))!;
  const modified = shareCounts(call(), counts({ edits_modified: 1, ...lines }))!;

  assert.deepEqual([accepted.lines_accepted, accepted.lines_auto], [17, 0]);
  assert.deepEqual([auto.lines_accepted, auto.lines_auto], [0, 17]);
  assert.deepEqual([modified.lines_accepted, modified.lines_auto], [0, 0]);
});

Deno.test("shareCounts() knows no cost and no lines, when nothing has a price", () => {
  const accepted = counts({ ok: 1, edits_accepted: 1, lines_added: 5 });

  const unpriced = shareCounts(call({ share_micros: null }), accepted)!;
  const failed = shareCounts(call({ share_micros: null }), counts({ failed: 1 }))!;

  assert.deepEqual(unpriced, { tokens_rejected: 0, tokens_failed: 0 });
  assert.equal(failed.tokens_failed, 7);
  assert.equal(shareCounts(call({ share_session: null }), accepted), undefined);
});

Deno.test("talkCounts() is of responses that are told to have made no call", () => {
  const response = (told: Partial<ResponseFact>) => told as ResponseFact;

  assert.equal(talkCounts(response({ calls: 0, calls_told: 1, cost: 9 }))?.cost_talk, 9);
  assert.equal(talkCounts(response({ calls: 0, calls_told: 0, cost: 9 }))?.cost_unlinked, 9);
  assert.equal(talkCounts(response({ calls: 1, calls_told: 1, cost: 9 })), undefined);
  assert.equal(talkCounts(response({ calls: 0, calls_told: 1, cost: null })), undefined);
});

function counts(told: Partial<ToolCounts>): ToolCounts {
  const nothing = Object.fromEntries(TOOL_COUNTS.map((name) => [name, 0])) as ToolCounts;
  return { ...nothing, ...told };
}

function call(told: Partial<ToolCallFact> = {}): ToolCallFact {
  const share = { share_session: 1, share_at: 2, share_micros: 50, share_tokens: 7 };
  return { ...share, ...told } as ToolCallFact;
}
