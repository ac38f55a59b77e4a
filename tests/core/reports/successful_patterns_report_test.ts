/** Tests of `core/reports/successful_patterns_report.ts`. */

import assert from "node:assert/strict";
import { Advisor } from "../../../core/reports/advisor.ts";
import {
  reportSuccessfulPatterns,
  type SuccessfulPatternsQuery,
} from "../../../core/reports/successful_patterns_report.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

/** Changes of files that were read are accepted; of others that were not, half are refused. */
const stories = [0, 1, 2].map((i) =>
  new Story(`s${i}`, { at: NOON - i * 1_000_000 }).prompt().times(10, (story, k) => {
    const outcome = k % 2 === 0 ? "rejected" : "ok";
    story.call("Read", { file: `read-${k}` }).call("Edit", { file: `read-${k}` })
      .call("Edit", { file: `new-${k}`, outcome })
      .call("Write", { file: `made-${k}`, extension: "md" });
  })
);

async function report(query: SuccessfulPatternsQuery) {
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  return reportSuccessfulPatterns(new Advisor(home.db), query);
}

Deno.test("reportSuccessfulPatterns() tells in what circumstances edits went well", async () => {
  const { schema, status, n, rate, patterns } = await report({
    extension: "ts",
    operation: "edit",
  });

  assert.deepEqual([schema, status], ["blueplane.successful_patterns/1", "ok"]);
  assert.deepEqual([n, rate?.value], [60, 0.75]);
  const [first] = patterns;
  assert.deepEqual([first!.when, first!.rate.value, first!.rate.n], [{ file: "read" }, 1, 30]);
  assert.ok(first!.sessions === 3 && first!.difference!.clear);
  const unseen = patterns.find(({ when }) => when.file === "unseen");
  assert.deepEqual([unseen?.rate.value, unseen?.difference?.value], [0.5, -0.5]);
});

Deno.test("reportSuccessfulPatterns() leaves out what went well less often", async () => {
  const { patterns } = await report({ extension: "ts", minAcceptance: 0.9 });

  assert.ok(patterns.length > 0);
  assert.ok(patterns.every(({ rate }) => rate.value >= 0.9));
});

Deno.test("reportSuccessfulPatterns() knows nothing of what is rare", async () => {
  for (const query of [{ extension: "rs" }, { operation: "create", extension: "ts" }] as const) {
    const { status, n, needed, rate, patterns } = await report(query);
    assert.deepEqual([status, n, needed, rate, patterns], [
      "insufficient_data",
      0,
      20,
      null,
      [],
    ]);
  }
  assert.equal((await report({ operation: "create", target: "kept" })).n, 30);
});
