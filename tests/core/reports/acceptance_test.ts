/** Tests of `core/reports/acceptance.ts`. */

import assert from "node:assert/strict";
import { acceptanceOf, acceptanceRate, keptRate } from "../../../core/reports/acceptance.ts";
import { TOOL_COUNTS } from "../../../core/session_counts.ts";

const tools = [
  counts({ edits_accepted: 5, edits_accepted_by_permission: 2, edits_rejected: 1 }),
  counts({ edits_accepted: 3, edits_accepted_by_review: 3 }),
  counts({
    edits_accepted: 1,
    edits_accepted_by_report: 1,
    edits_modified: 1,
    edits_auto: 6,
    edits_unknown: 9,
  }),
];

Deno.test("acceptanceOf() adds up verdicts, with the strongest trace of each", () => {
  assert.deepEqual(acceptanceOf(tools), {
    accepted: 9,
    rejected: 1,
    modified: 1,
    undone: 0,
    auto: 6,
    unknown: 9,
    rate: 0.818182,
    evidence: { report: 1, ran: 3, permission: 2, review: 3 },
  });
});

Deno.test("acceptanceOf() knows nothing, when no tool is told of", () => {
  const { rate, accepted, evidence } = acceptanceOf(null);

  assert.deepEqual([rate, accepted, evidence], [null, null, {}]);
});

Deno.test("acceptanceRate() leaves out what nobody was asked about", () => {
  const rate = acceptanceRate(acceptanceOf(tools));

  assert.deepEqual([rate!.value, rate!.n], [0.818182, 11]);
  assert.equal(acceptanceRate(acceptanceOf([counts({ edits_auto: 3 })])), null);
});

Deno.test("keptRate() counts what stands among all whose fate is known", () => {
  const rate = keptRate(acceptanceOf(tools));

  assert.deepEqual([rate!.n, rate!.value], [17, 0.882353]);
});

function counts(some: Partial<Record<typeof TOOL_COUNTS[number], number>>) {
  return Object.fromEntries(TOOL_COUNTS.map((name) => [name, some[name] ?? 0])) as Record<
    typeof TOOL_COUNTS[number],
    number
  >;
}
