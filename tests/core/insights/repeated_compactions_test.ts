/** Tests of `core/insights/repeated_compactions.ts`, over the real facts. */

import assert from "node:assert/strict";
import { reportInsights } from "../../../core/reports/insights_report.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("repeatedCompactions() finds a session that was compacted three times", async () => {
  const [found] = await find(3);

  assert.equal(found!.kind, "context.repeated_compactions");
  assert.equal(found!.title, "The context was compacted 3 times");
  assert.equal(found!.about, null);
  assert.deepEqual([found!.numbers, found!.n], [{ compactions: 3 }, 2]);
  assert.deepEqual(found!.period, {
    from: new Date(NOON).toISOString(),
    to: new Date(NOON + 2000).toISOString(),
  });
});

Deno.test("repeatedCompactions() finds nothing, when there were two", async () => {
  assert.deepEqual(await find(2), []);
});

/** What is found in a session of two prompts that was compacted so often. */
async function find(compactions: number) {
  await using home = await filledHome([
    makePrompt({ id: "p1" }),
    makePrompt({ id: "p2", at: NOON + 500 }),
    ...Array.from(
      { length: compactions },
      (_, i) => makeEvent("context_compact", { id: `k${i}`, at: NOON + i * 1000 }),
    ),
  ]);
  return reportInsights(home.db).insights;
}
