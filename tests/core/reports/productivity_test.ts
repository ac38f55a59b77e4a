/** Tests of `core/reports/productivity.ts`: each score is worked out by hand. */

import assert from "node:assert/strict";
import { productivityOf } from "../../../core/reports/productivity.ts";
import type { Totals } from "../../../core/reports/totals.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";

/** Totals with nothing in them but what is said. */
function totals(told: Partial<Totals>): Totals {
  const acceptance = { accepted: 0, rejected: 0, modified: 0, undone: 0, auto: 0, unknown: 0 };
  return {
    user_prompts: 4,
    queued_prompts: 0,
    interruptions: 0,
    tool_results_by_kind: { ok: 8, failed: 2, rejected: 0 },
    acceptance: { ...acceptance, rate: null, evidence: {} },
    lines_added: null,
    ...told,
  } as unknown as Totals;
}

Deno.test("productivityOf() leaves out what is not known, and weighs the rest anew", () => {
  const { status, score, components } = productivityOf(totals({ interruptions: 1 }));

  assert.equal(status, "experimental");
  assert.deepEqual(components, {
    tool_success: { value: 0.8, weight: 0.5, n: 10 },
    edits_kept: { value: null, weight: 0, n: 0 },
    undisturbed: { value: 0.75, weight: 0.333333, n: 4 },
    few_failures: { value: 0.833333, weight: 0.166667, n: 4 },
    outcome: { value: null, weight: 0, n: 4 },
  });
  // 0.5 × 0.8 + 0.75 ÷ 3 + 0.8333 ÷ 6.
  assert.equal(score, 78.9);
});

Deno.test("productivityOf() weighs all, when all is known", () => {
  const verdicts = { accepted: 3, rejected: 1, modified: 0, undone: 0, auto: 0, unknown: 5 };
  const { score, components } = productivityOf(totals({
    acceptance: { ...verdicts, rate: 0.75, evidence: {} },
    lines_added: 80,
    lines_removed: 20,
    created_file_lines: 0,
    git_commits: 1,
  }));

  // 200 lines of 4 prompts: 1 − 1 ÷ e.
  assert.equal(components.outcome.value, 0.632121);
  assert.deepEqual(Object.values(components).map(({ weight }) => weight), [
    0.3,
    0.25,
    0.2,
    0.1,
    0.15,
  ]);
  // 24 + 18.75 + 20 + 8.333 + 9.482.
  assert.equal(score, 80.6);
});

Deno.test("productivityOf() gives no score of few calls, or without a prompt", () => {
  const few = productivityOf(totals({ tool_results_by_kind: { ok: 4, failed: 0, rejected: 0 } }));
  const none = productivityOf(totals({ user_prompts: 0 }));

  assert.deepEqual([few.score, few.components.tool_success.value], [null, 1]);
  assert.deepEqual([none.score, none.components.undisturbed.value], [null, null]);
});

Deno.test("productivityOf() is in the list of sessions, with its components", async () => {
  await using home = await filledHome();
  const { sessions } = reportSessions(home.db, { session: "alpha" });

  // Two calls went well and one failed: too few.
  assert.equal(sessions[0]!.productivity.score, null);
  assert.equal(sessions[0]!.productivity.components.tool_success.n, 3);
});
