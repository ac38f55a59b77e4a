/** Tests of `core/edit_verdict.ts`; those of `toolCounts()` have every verdict. */

import assert from "node:assert/strict";
import {
  deciderNumber,
  DECIDERS,
  EDIT_FATES,
  HOOK,
  isUnasked,
  judgementOf,
  type ReportedCall,
  REVIEWS,
  surerDecider,
  verdictOf,
} from "../../core/edit_verdict.ts";

const RAN: ReportedCall = {
  outcome: 0,
  use_source: 0,
  headless: 0,
  user_modified: 0,
  decided_by: null,
  asked: 0,
  called: 1,
  reviewed: null,
  fate: EDIT_FATES.none,
  reported: null,
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
  ] as [string, Partial<ReportedCall>, string | null, boolean][]
) {
  Deno.test(`isUnasked() is ${expected} ${what}`, () => {
    assert.equal(isUnasked({ ...RAN, ...call }, mode), expected);
  });
}

for (
  const [call, mode, verdict, evidence] of [
    [{}, null, "accepted", "ran"],
    [{ asked: 1 }, null, "accepted", "permission"],
    [{ reviewed: REVIEWS.accepted }, null, "accepted", "review"],
    [{ fate: EDIT_FATES.committed, asked: 1 }, null, "accepted", "committed"],
    [{ outcome: 2 }, null, "rejected", "refusal"],
    [{ reviewed: REVIEWS.rejected }, null, "rejected", "review"],
    [{ user_modified: 1 }, null, "modified", "change"],
    [{ fate: EDIT_FATES.modified }, null, "modified", "later_change"],
    [{ fate: EDIT_FATES.undone }, null, "undone", "file_history"],
    [{}, "acceptEdits", "auto", "mode"],
    [{ decided_by: DECIDERS.policy }, null, "auto", "rule"],
    [{ decided_by: DECIDERS.policy }, "acceptEdits", "auto", "mode"],
    [{ decided_by: DECIDERS.mode, headless: 1 }, null, "auto", "mode"],
    [{ decided_by: DECIDERS.rule }, "acceptEdits", "auto", "rule"],
    [{ decided_by: DECIDERS.hook, headless: 1 }, "acceptEdits", "auto", "hook"],
    [{ headless: 1 }, null, "auto", "headless"],
    [{ outcome: null }, null, "unknown", null],
    [{ outcome: null, reported: 0 }, null, "accepted", "report"],
    [{ outcome: 1, reported: 0 }, null, "unknown", null],
  ] as [Partial<ReportedCall>, string | null, string, string | null][]
) {
  Deno.test(`judgementOf() tells ${verdict} by ${evidence} of ${JSON.stringify(call)}`, () => {
    assert.deepEqual(judgementOf({ ...RAN, ...call }, mode), { verdict, evidence });
  });
}

Deno.test("deciderNumber() knows who lets a call run, and nothing of any object", () => {
  assert.deepEqual(["hook", "policy", "toString", ""].map(deciderNumber), [3, 2, null, null]);
});

Deno.test("surerDecider() takes a person, else who says more, whatever the order", () => {
  const { person, policy, hook, mode } = DECIDERS;
  const cases = [[person, mode, person], [policy, hook, hook], [null, policy, policy]] as const;

  for (const [a, b, surer] of cases) {
    assert.deepEqual([surerDecider(a, b), surerDecider(b, a)], [surer, surer]);
  }
  assert.equal(surerDecider(null, null), null);
});
