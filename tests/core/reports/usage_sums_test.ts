/** Tests of `core/reports/usage_sums.ts`. */

import assert from "node:assert/strict";
import {
  readUsageHours,
  readUsageSums,
  sessionsGoingOn,
} from "../../../core/reports/usage_sums.ts";
import { NOON } from "../../helpers/events.ts";
import { ask, usageHome } from "./usage_story.ts";

Deno.test("readUsageSums() adds up a period, and passes a filter on", async () => {
  await using home = await usageHome();
  const all = ask(home), day = ask(home, 24);
  const read = ({ query }: typeof all, filter = {}) => {
    const { operations, prompts, largest_request } = readUsageSums(home.db, { ...query, filter });
    return [operations, prompts, largest_request];
  };

  assert.deepEqual(read(all), [14, 3, 120_000]);
  assert.deepEqual(read(day), [11, 2, 120_000]);
  assert.deepEqual(read(all, { session: "two" }), [3, 1, 0]);
  assert.deepEqual(read(all, { session: "none" }), [0, 0, 0]);
});

Deno.test("readUsageHours() gives hours and parts of them, whatever the period", async () => {
  await using home = await usageHome();
  const read = (hours?: number, filter = {}) =>
    readUsageHours(home.db, { ...ask(home, hours).query, filter }).flatMap((list) => [...list]);

  assert.deepEqual(read(1), [[NOON, [11, 5, 1]]]);
  assert.deepEqual(read(undefined, { session: "two" }).map(([at]) => at), [
    NOON - 30 * 3_600_000,
  ]);
  assert.deepEqual(read().map(([at]) => at).sort(), [NOON - 30 * 3_600_000, NOON]);
});

Deno.test("sessionsGoingOn() is of sessions that overlap the period", async () => {
  await using home = await usageHome();
  const count = (hours: number) => {
    const { sql, parameters } = sessionsGoingOn(ask(home, hours).query);
    return home.db.prepare(`select count(*) as n from sessions s where ${sql}`)
      .get(...parameters)!.n;
  };

  assert.deepEqual([count(24), count(48)], [1, 2]);
});
