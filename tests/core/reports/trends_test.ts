/** Tests of `core/reports/trends.ts`: how busy groups were over a period. */

import { deepEqual } from "node:assert/strict";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { readTrends } from "../../../core/reports/trends.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, OPUS } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import type { GroupBy } from "../../../core/reports/report_choices.ts";

const HOUR_MS = 3_600_000, NOW = NOON + HOUR_MS;

Deno.test("readTrends() counts calls and responses in stretches of the period", async () => {
  const { events } = new Story("a", { at: NOON - 20 * HOUR_MS }).prompt()
    .response({ model: OPUS }).call("Edit").call("Edit").wait(19 * HOUR_MS)
    .response({ model: HAIKU }).response({ model: OPUS }).call("Bash");
  await using home = await filledHome(events);
  const trends = (by: GroupBy, name = "24h") => {
    const query = { period: rollingPeriod(name, NOW), now: NOW };
    return Object.fromEntries(readTrends(home.db, query, by, 4));
  };
  deepEqual(trends("tool"), { Edit: [2, 0, 0, 0], Bash: [0, 0, 0, 1] });
  deepEqual(trends("model"), { [OPUS]: [1, 0, 0, 1], [HAIKU]: [0, 0, 0, 1] });
  deepEqual(trends("project"), { [ONE]: [1, 0, 0, 2] });
  deepEqual(trends("tool", "all"), trends("tool"));
  const ofOne = { period: rollingPeriod("24h", NOW), now: NOW, model: HAIKU };
  deepEqual(Object.fromEntries(readTrends(home.db, ofOne, "project", 4)), {
    [ONE]: [0, 0, 0, 1],
  });
});

Deno.test("readTrends() tells the same of days that are settled, by every group", async () => {
  await using home = await filledHome();
  const period = { from: NOON - 41.3 * 24 * HOUR_MS, to: NOW + 1 };
  for (const by of ["tool", "model", "extension", "mode", "project", "platform"] as const) {
    const trends = (more: object = {}) =>
      [...readTrends(home.db, { period, now: NOW, ...more }, by, 7)].sort();
    const { n } = home.db.prepare("select count(*) as n from digests where level = 2").get()!;
    deepEqual(Number(n) > 0, true);
    // What a filter asks for is read row by row.
    const parts = ["claude_code", "cursor"].flatMap((platform) => trends({ platform }));
    const sums = new Map<string, number[]>();
    for (const [key, counts] of parts) {
      sums.set(key, counts.map((count, i) => count + (sums.get(key)?.[i] ?? 0)));
    }
    deepEqual(trends(), [...sums].sort(), by);
  }
});

Deno.test("readTrends() has no group, where there is none", async () => {
  await using home = await filledHome([]);
  const query = { period: rollingPeriod("all", NOW), now: NOW };
  deepEqual([...readTrends(home.db, query, "model", 4)], []);
});
