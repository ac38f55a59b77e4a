/** Tests of `core/reports/digests.ts`; that of what they tell stands where they are made. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, openReader } from "../../../core/database.ts";
import { readDigest, readGroupedDigests, wholeQuery } from "../../../core/reports/digests.ts";
import { localKeys } from "../../../core/reports/local_time.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const DAY_MS = 86_400_000;
const ALWAYS = { from: undefined, to: NOON + DAY_MS };

Deno.test("readDigest() reads again, when something changed", async () => {
  await using home = await filledHome();
  const prompts = () => readDigest(home.db, wholeQuery(ALWAYS, {}, NOON)).inputs.get(0)?.[0];
  const before = prompts()!;
  assert.equal(readDigest(home.db, wholeQuery(ALWAYS, {}, NOON)), kept(home));

  await home.tell(makePrompt({ id: "late", at: NOON - 3 * DAY_MS }));

  assert.equal(prompts(), before + 1);
});

Deno.test("readDigest() tells the same of cut days, whoever reads once or often", async () => {
  await using home = await filledHome();
  home.clock.advance(2 * DAY_MS);
  await home.tell(makePrompt({ id: "later", at: NOON + 2 * DAY_MS }));
  using once = openReader(home.path, "once")!;
  const now = home.clock.now(), minute = fc.integer({ min: -40 * 60, max: 49 * 60 });
  assert.ok(countHours(once) > 0);

  fc.assert(
    fc.property(minute, minute, (one, other) => {
      const [from, to] = [one, other + 1].toSorted((a, b) => a - b)
        .map((at) => NOON + at * 60_000) as [number, number];
      fc.pre(from < to);
      const query = { period: { from, to }, now };
      assert.deepEqual(reportMetrics(once, query), reportMetrics(home.db, query));
    }),
    fcRuns(),
  );
});

Deno.test("readDigest() keeps to a filter", async () => {
  await using home = await filledHome();
  const digest = readDigest(home.db, wholeQuery(ALWAYS, { platform: "cursor" }, NOON));
  assert.equal(digest.inputs.get(0)?.[0], 1);
});

Deno.test("readGroupedDigests() tells days apart, those that are settled and today", async () => {
  await using home = await filledHome();
  const { n } = home.db.prepare("select count(*) as n from digests where level = 2").get()!;
  assert.ok(Number(n) > 0);

  const days = readGroupedDigests(
    home.db,
    { ...wholeQuery(ALWAYS, {}, NOON), parts: { whole: false, times: true, tools: false } },
    { group: "time", by: "day", name: localKeys("day") },
  );

  assert.deepEqual([...days.keys()].sort(), ["2026-01-20", "2026-02-28", "2026-03-01"]);
});

function kept({ db }: FilledHome) {
  return readDigest(db, wholeQuery(ALWAYS, {}, NOON));
}

function countHours(db: Database): number {
  return Number(db.prepare("select count(*) as n from digests where level = 1").get()!.n);
}
