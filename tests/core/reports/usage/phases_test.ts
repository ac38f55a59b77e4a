/** Tests of `core/reports/usage/phases.ts`. */

import assert from "node:assert/strict";
import { phasesOf } from "../../../../core/reports/usage/phases.ts";
import type { UsageSums } from "../../../../core/reports/usage_sums.ts";
import { USAGE_COLUMNS } from "../../../../core/reports/digest.ts";

function sums(told: Partial<UsageSums>): UsageSums {
  return { ...Object.fromEntries(USAGE_COLUMNS.map((name) => [name, 0])), ...told } as UsageSums;
}

Deno.test("phasesOf() tells shares of all phases, and leaves out what never came", () => {
  const told = sums({
    phase_edit_ms: 300,
    phase_edit_calls: 2,
    phase_run_calls: 1,
    phase_answer_ms: 100,
  });

  assert.deepEqual(phasesOf(told), {
    edit: { ms: 300, share: 0.75, calls: 2 },
    run: { ms: 0, share: 0, calls: 1 },
    answer: { ms: 100, share: 0.25, calls: 0 },
  });
});

Deno.test("phasesOf() has no shares where no phase took any time", () => {
  assert.deepEqual(phasesOf(sums({ phase_plan_calls: 1 })), {
    plan: { ms: 0, share: null, calls: 1 },
  });
  assert.deepEqual(phasesOf(sums({})), {});
});
