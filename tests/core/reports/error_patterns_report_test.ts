/** Tests of `core/reports/error_patterns_report.ts`. */

import assert from "node:assert/strict";
import {
  type ErrorPatternsQuery,
  reportErrorPatterns,
} from "../../../core/reports/error_patterns_report.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, TWO } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const DAY_MS = 86_400_000;
const TODAY = { from: NOON - DAY_MS / 2, to: NOON + DAY_MS / 2 };

/** Today 8 of 20 edits fail and a read mends it, and two commands; a day before 1 of 20. */
const stories = [
  ...[0, 1].map((i) =>
    new Story(`now-${i}`, { project: i === 0 ? ONE : TWO }).prompt().response({ model: HAIKU })
      .times(
        4,
        (story) =>
          story.call("Edit", { file: "a", outcome: "failed", error: "text_not_found" })
            .call("Read", { file: "a", form: "part" })
            .call("Edit", { file: "a" }),
      )
      .times(2, (story) => story.call("Edit", { file: "a" }))
      .call("Bash", { outcome: "failed", error: "exit_code", form: "test" })
  ),
  new Story("before", { at: NOON - DAY_MS }).prompt()
    .call("Edit", { file: "a", outcome: "failed", error: "text_not_found" })
    .times(19, (story) => story.call("Edit", { file: "a" })),
];

async function report(query: Partial<ErrorPatternsQuery> = {}) {
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  return reportErrorPatterns(home.db, { period: TODAY, ...query });
}

Deno.test("reportErrorPatterns() tells classes by tool, their trend, and what to do", async () => {
  const { schema, status, n, failed, error_rate, patterns, period } = await report();

  assert.deepEqual([schema, status], ["blueplane.error_patterns/1", "ok"]);
  assert.deepEqual([n, failed, error_rate?.n], [30, 10, 30]);
  assert.equal(period.from, "2026-03-01T00:00:00.000Z");
  assert.deepEqual(patterns.map(({ tool, error, count }) => [tool, error, count].join(" ")), [
    "Edit text_not_found 8",
    "Bash exit_code 2",
  ]);
  const [edit, bash] = patterns;
  assert.deepEqual([edit!.sessions, edit!.rate.value, edit!.rate.n], [2, 0.4, 20]);
  assert.deepEqual(edit!.trend?.before.value, 0.05);
  assert.ok(edit!.trend!.difference.clear && edit!.trend!.difference.value > 0);
  assert.match(edit!.prevention!, /read again/);
  assert.equal(bash!.trend, null);
});

Deno.test("reportErrorPatterns() tells what followed a failure and worked", async () => {
  const { patterns: [edit, bash] } = await report();

  assert.deepEqual([edit!.recovery.same_tool.value, edit!.recovery.within_calls], [1, 5]);
  const [read] = edit!.recovery.followed_by;
  assert.deepEqual([read!.tool, read!.form, read!.share.value], ["Read", "part", 1]);
  assert.deepEqual([bash!.recovery.same_tool.value, bash!.recovery.followed_by], [0, []]);
});

Deno.test("reportErrorPatterns() keeps to its filters, and says what it left out", async () => {
  const names = async (query: Partial<ErrorPatternsQuery>) =>
    (await report(query)).patterns.map(({ tool, count }) => `${tool} ${count}`);

  assert.deepEqual(await names({ tool: "Bash" }), ["Bash 2"]);
  assert.deepEqual(await names({ minFrequency: 3 }), ["Edit 8"]);
  assert.deepEqual(await names({ project: ONE }), ["Edit 4"]);
  assert.deepEqual(await names({ model: "none" }), []);
  const { patterns, total } = await report({ limit: 1 });
  assert.deepEqual([patterns.length, total], [1, 2]);
});

Deno.test("reportErrorPatterns() needs calls to tell of", async () => {
  const { status, n, needed, error_rate } = await report({ tool: "Bash" });

  assert.deepEqual([status, n, needed, error_rate?.value], ["insufficient_data", 2, 10, 1]);
  const nothing = await report({ period: { from: 0, to: 1 } });
  assert.deepEqual([nothing.status, nothing.error_rate, nothing.patterns], [
    "insufficient_data",
    null,
    [],
  ]);
});
