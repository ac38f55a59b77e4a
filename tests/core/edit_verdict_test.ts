/** Tests of `core/edit_verdict.ts`; those of `toolCounts()` have every verdict. */

import assert from "node:assert/strict";
import {
  DECIDERS,
  EDIT_FATES,
  HOOK,
  isUnasked,
  type JudgedCall,
  REVIEWS,
  verdictOf,
} from "../../core/edit_verdict.ts";

const RAN: JudgedCall = {
  outcome: 0,
  use_source: 0,
  headless: 0,
  user_modified: 0,
  decided_by: null,
  asked: 0,
  called: 1,
  reviewed: null,
  fate: EDIT_FATES.none,
};

Deno.test("verdictOf() takes an untold mode for one that asks, but of a hook", () => {
  assert.equal(verdictOf(RAN, null), "accepted");
  assert.equal(verdictOf({ ...RAN, use_source: HOOK }, null), "unknown");
  assert.equal(verdictOf({ ...RAN, use_source: HOOK }, "default"), "accepted");
});

Deno.test("verdictOf() tells what became of a proposal that no call made", () => {
  const proposal = { ...RAN, called: 0, outcome: null };

  assert.equal(verdictOf(proposal, null), "unknown");
  assert.equal(verdictOf({ ...proposal, reviewed: REVIEWS.accepted! }, null), "accepted");
  assert.equal(verdictOf({ ...proposal, reviewed: REVIEWS.rejected! }, null), "rejected");
});

for (
  const [what, call, mode, expected] of [
    ["in a mode that asks", {}, "default", false],
    ["in one that asks nobody", {}, "acceptEdits", true],
    ["where a person was asked all the same", { asked: 1 }, "acceptEdits", false],
    ["where nobody sat there", { headless: 1 }, "default", true],
    ["where a rule let it run", { decided_by: DECIDERS.policy }, null, true],
  ] as [string, Partial<JudgedCall>, string | null, boolean][]
) {
  Deno.test(`isUnasked() is ${expected} ${what}`, () => {
    assert.equal(isUnasked({ ...RAN, ...call }, mode), expected);
  });
}
