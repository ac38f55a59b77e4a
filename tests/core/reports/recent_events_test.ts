/** Tests of `core/reports/recent_events.ts`. */

import assert from "node:assert/strict";
import { readRecentEvents } from "../../../core/reports/recent_events.ts";
import { makePrompt, makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const of = { session: "fresh", at: NOON + 3_500_000 };

Deno.test("readRecentEvents() tells what was typed and called, the latest first", async () => {
  await using home = await filledHome([]);
  await home.tell(
    makePrompt({ ...of, id: "p1" }),
    makeToolUse({ ...of, id: "u1", use: "t1", tool: "Grep", at: of.at + 1000 }),
  );

  const events = Object.values(readRecentEvents(home.db, home.clock.now()));

  assert.deepEqual(
    events.map(({ event_type, tool, outcome }) => [event_type, tool, outcome]),
    [["tool_use", "Grep", null], ["user_prompt", null, null]],
  );
  assert.equal(events[0]!.session_id, "fresh");
  assert.equal(events[0]!.timestamp, new Date(of.at + 1000).toISOString());
});

Deno.test("readRecentEvents() keeps the id of a call, when its outcome comes", async () => {
  await using home = await filledHome([]);
  await home.tell(makePrompt({ ...of, id: "p1" }), makeToolUse({ ...of, id: "u1", use: "t1" }));
  const idOf = () =>
    Object.entries(readRecentEvents(home.db, home.clock.now()))
      .filter(([, { event_type }]) => event_type === "tool_use");
  const [[before]] = idOf() as [[string, unknown]];

  await home.tell(makeToolResult({ ...of, id: "r1", use: "t1", at: of.at + 2000 }));

  const after = idOf();
  assert.deepEqual(after.map(([id, { outcome }]) => [id, outcome]), [[before, "ok"]]);
});

Deno.test("readRecentEvents() tells fifty at most, of the last hour and the choice", async () => {
  await using home = await filledHome(
    Array.from({ length: 60 }, (_, i) => makePrompt({ ...of, id: `p${i}`, at: of.at - i * 100 })),
  );
  const count = (now: number, filter = {}) =>
    Object.keys(readRecentEvents(home.db, now, filter)).length;

  assert.equal(count(home.clock.now()), 50);
  assert.equal(count(home.clock.now() + 7_200_000), 0);
  assert.equal(count(home.clock.now(), { platform: "cursor" }), 0);
});
