/** Tests of `core/insights/spent_work.ts`. */

import assert from "node:assert/strict";
import type { SessionTotals, ToolTotals } from "../../../core/insight_rule.ts";
import { findSpentWork } from "../../../core/insights/spent_work.ts";

const WORK = {
  callsOf: ({ failed }: ToolTotals) => failed,
  microsOf: ({ failedMicros }: ToolTotals) => failedMicros,
  callsMin: 6,
  shareOver: 0.1,
};

function sessions(count: number, tool: Partial<ToolTotals>): SessionTotals[] {
  const none = { uses: 0, ok: 0, failed: 0, rejected: 0, lines: 0 };
  return Array.from({ length: count }, (_, i) => {
    const totals = { ...none, rejectedMicros: 0, failedMicros: 0, ...tool };
    return { startedAt: i, endedAt: i + 1, tools: new Map([["Bash", totals]]) };
  }) as unknown as SessionTotals[];
}

Deno.test("findSpentWork() adds up what calls of a tool cost over sessions", () => {
  const found = findSpentWork(sessions(3, { ok: 2, failed: 2, failedMicros: 500_000 }), WORK);

  assert.deepEqual(
    found.map((
      { member, count, n, amount, at, untilAt },
    ) => [member, count, n, amount, at, untilAt]),
    [["Bash", 1_500_000, 12, 6, 0, 3]],
  );
});

Deno.test("findSpentWork() is none of few calls, little money, and few sessions", () => {
  const many = { ok: 2, failed: 2, failedMicros: 500_000 };
  const few = [
    sessions(3, { ...many, failed: 1 }),
    sessions(3, { ...many, failedMicros: 300_000 }),
    sessions(2, { ...many, failed: 9, failedMicros: 900_000 }),
    sessions(3, { ...many, ok: 50 }),
  ];

  for (const [i, each] of few.entries()) assert.deepEqual(findSpentWork(each, WORK), [], `${i}`);
});
