/** Tests of `core/reports/session_activity.ts`: how a session grew. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { reportSession } from "../../../core/reports/session_report.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

async function activityOf(story: Story) {
  await using home = await filledHome(story.events);
  return reportSession(home.db, "s1")!;
}

Deno.test("activityOf() grows up to what the session has in all", async () => {
  const { session, activity } = await activityOf(
    new Story("s1", { at: NOON }).prompt().response({ input: 10, output: 100 }).wait(60_000)
      .response({ input: 20, output: 200, cacheRead: 1000 }).call("Read"),
  );
  const tokens = activity!.tokens_so_far!, cost = activity!.cost_so_far_usd!;
  equal(tokens.length, activity!.counts.length);
  deepEqual([...new Set(tokens)], [0, 110, 1330].slice(tokens[0] === 0 ? 0 : 1));
  ok(Math.abs(cost.at(-1)! - session.cost_usd!) < 1e-9);
  deepEqual(cost, cost.toSorted((a, b) => a - b));
});

Deno.test("activityOf() has the searches of the web in what it cost", async () => {
  const { session, activity } = await activityOf(
    new Story("s1", { at: NOON }).prompt().response({ output: 100 })
      .call("WebSearch", { searches: 2 }).wait(60_000).response({ output: 100 }),
  );
  const cost = activity!.cost_so_far_usd!;
  ok(session.cost_usd! > 0.02 && cost[0]! < 0.01);
  equal(cost.at(-1), session.cost_usd);
});

Deno.test("activityOf() is null, where no tokens are kept, and counts go on", async () => {
  const { activity } = await activityOf(
    new Story("s1").prompt().response({ tokens: "not_kept" }).call("Read"),
  );
  equal(activity!.tokens_so_far, null);
  equal(activity!.cost_so_far_usd, null);
  equal(activity!.counts.reduce((sum, count) => sum + count), 2);
});

Deno.test("activityOf() is null, where no response tells its tokens", async () => {
  const silent = { input: 0, output: 0, told: { stop_reason: null } };
  const { session, activity } = await activityOf(
    new Story("s1").prompt().response(silent).call("Read").response(silent),
  );
  equal(session.cost_usd, null);
  deepEqual([activity!.tokens_so_far, activity!.cost_so_far_usd], [null, null]);
});
