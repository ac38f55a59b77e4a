/** Tests of `core/reports/pulse_report.ts`. */

import assert from "node:assert/strict";
import { reportPulse } from "../../../core/reports/pulse_report.ts";
import { makePrompt, makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

/** The pulse of a session whose edits ended so, each in a minute of its own. */
async function pulse(outcomes: readonly string[]) {
  const events = outcomes.flatMap((outcome, i) => {
    const of = { use: `u${i}`, at: NOON + i * 60_000 };
    return [makeToolUse({ ...of, id: of.use }), makeToolResult({ ...of, id: `r${i}`, outcome })];
  });
  await using home = await filledHome([makePrompt({ id: "p" }), ...events]);
  return reportPulse(home.db, "claude_code", "s1");
}

function times(count: number, outcome: string): string[] {
  return Array<string>(count).fill(outcome);
}

Deno.test("reportPulse() sees that acceptance fell, and no errors in that", async () => {
  const { acceptance, errors } = await pulse([...times(20, "ok"), ...times(10, "rejected")]);

  assert.deepEqual([acceptance.recent!.value, acceptance.before!.value], [0, 1]);
  assert.deepEqual([acceptance.recent!.n, acceptance.before!.n], [10, 20]);
  assert.deepEqual([acceptance.is_worse, errors.is_worse], [true, false]);
});

Deno.test("reportPulse() sees that errors rose", async () => {
  const { errors } = await pulse([...times(20, "ok"), ...times(10, "failed")]);

  assert.deepEqual([errors.recent!.value, errors.before!.value, errors.is_worse], [1, 0, true]);
});

Deno.test("reportPulse() calls what could be chance no change", async () => {
  const { acceptance } = await pulse([...times(20, "ok"), ...times(8, "ok"), "rejected", "ok"]);

  assert.equal(acceptance.is_worse, false);
});

Deno.test("reportPulse() says nothing of what is too little", async () => {
  const few = await pulse(times(9, "ok"));
  const noBefore = await pulse(times(15, "ok"));

  assert.deepEqual(few.acceptance, { recent: null, before: null, is_worse: null });
  assert.deepEqual([noBefore.acceptance.recent!.n, noBefore.acceptance.before], [10, null]);
  assert.equal(noBefore.acceptance.is_worse, null);
});
