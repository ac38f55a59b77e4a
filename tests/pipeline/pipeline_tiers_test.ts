/** Tests that tiers of sums are kept as settings say, and that reports stay true. */

import { deepEqual, equal } from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { makePrompt, NOON, TABLES } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { derivedRows } from "./derived_rows.ts";
import { readFile } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const USUAL = { minuteDays: 1, fiveMinuteDays: 7 };
const LONG = { minuteDays: 20, fiveMinuteDays: 40 };

/** Stores a prompt of every day before `now`, two hours before. */
async function store(
  path: string,
  now: number,
  tiers: typeof USUAL,
  days: number,
): Promise<void> {
  await using pipeline = new Pipeline({
    path,
    tables: TABLES,
    clock: new VirtualClock(now),
    tiers,
  });
  await pipeline.resume();
  const prompts = Array.from(
    { length: days },
    (_, day) =>
      encodeEvent(makePrompt({ id: `${now}-${day}`, at: now - day * DAY_MS - 2 * HOUR_MS })),
  );
  await pipeline.accept(prompts, []);
  await pipeline.drain();
}

/** How many buckets of a tier there are. */
function buckets(path: string, tier: number): number {
  const sql = "select count(distinct bucket) as n from input_sums where tier = ?";
  return readFile(path, (db) => Number(db.prepare(sql).get(tier)?.n));
}

/** Prompts of the last days, to the minute or as near as they are known. */
function prompts(path: string, now: number, days: number): number | null {
  const period = { from: now - days * DAY_MS, to: now + 1 };
  return readFile(path, (db) => reportMetrics(db, { period, now }).totals.user_prompts);
}

Deno.test("Pipeline.resume() lets fine tiers expire", async () => {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  {
    await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock });
    await pipeline.accept([encodeEvent(makePrompt({ id: "a" }))], []);
    await pipeline.drain();
  }
  clock.advance(2 * DAY_MS);
  await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock });

  await pipeline.resume();

  const { input_sums } = readFile(folder.path, derivedRows);
  deepEqual(input_sums.map(({ tier }) => tier), [0, 300, 900]);
});

Deno.test("Pipeline() keeps the sums of minutes for as many days as it is told", async () => {
  for (const [tiers, minutes, fives] of [[USUAL, 1, 8], [LONG, 20, 30]] as const) {
    using folder = tempDatabase();
    await store(folder.path, NOON, tiers, 30);

    deepEqual([60, 300, 900].map((tier) => buckets(folder.path, tier)), [minutes, fives, 30]);
  }
});

Deno.test("Pipeline() has true reports of every period, whatever is kept since when", async () => {
  using folder = tempDatabase();
  await store(folder.path, NOON, USUAL, 30);
  const later = NOON + 3 * DAY_MS + 1000;

  // What was not kept before is not there by being wanted now.
  await store(folder.path, later, LONG, 1);
  for (const [days, expected] of [[1, 1], [3, 1], [4, 2], [10, 8], [25, 23]] as const) {
    equal(prompts(folder.path, later, days), expected, `${days} days`);
  }
  const end = later + DAY_MS;
  await store(folder.path, end, USUAL, 1);
  for (const [days, expected] of [[1, 1], [2, 2], [5, 3], [26, 24]] as const) {
    equal(prompts(folder.path, end, days), expected, `${days} days`);
  }
  equal(buckets(folder.path, 60), 1);
});
