/** Tests of the bar of a session's time. */

import { deepEqual, equal } from "node:assert/strict";
import { agentsText, timeBar, timeText } from "../../../cli/analysis/time_bar.ts";

const SECOND_MS = 1000;
const TIME = {
  duration_ms: 100 * SECOND_MS,
  model_ms: 50 * SECOND_MS,
  tool_ms: 20 * SECOND_MS,
  permission_ms: 10 * SECOND_MS,
  user_ms: 15 * SECOND_MS,
  idle_ms: 5 * SECOND_MS,
  active_ratio: 0.95,
  agent_ms: null,
  agents_at_once: null,
};

Deno.test("timeBar() is as long for each state as its share, and always as long in all", () => {
  equal(timeBar(TIME, 40), "█".repeat(20) + "▓".repeat(8) + "▒".repeat(4) + "░".repeat(6) + "··");
  const thirds = { ...TIME, duration_ms: 3, model_ms: 1, tool_ms: 1, permission_ms: null };
  equal(timeBar({ ...thirds, user_ms: 0, idle_ms: 1 }, 40).length, 40);
});

Deno.test("timeText() names what there is", () => {
  equal(
    timeText({ ...TIME, permission_ms: null }),
    "█ model 50 s, ▓ tools 20 s, ░ you 15 s, · idle 5 s",
  );
});

Deno.test("agentsText() tells how long sub-agents worked, if any did", () => {
  equal(agentsText({ ...TIME, agent_ms: 30_000, agents_at_once: 2.5 }), "30 s, 2.5 at once");
  deepEqual([agentsText(TIME), agentsText(null)], ["", ""]);
});

Deno.test("timeBar() draws nothing, when nothing lasted", () => {
  for (const time of [null, { ...TIME, duration_ms: 0 }]) {
    deepEqual([timeBar(time, 40), timeText(time)], ["", ""]);
  }
});

Deno.test("timeBar() has a cell for whatever lasted, and no more for what took less", () => {
  const brief = { model_ms: 70_700, tool_ms: 92_200, user_ms: 239_000, idle_ms: 4_747_000 };
  const time = { ...TIME, ...brief, permission_ms: null, duration_ms: 5_148_900 };

  equal(timeBar(time, 40), "█▓░" + "·".repeat(37));
  equal(timeBar({ ...time, model_ms: 1, duration_ms: 5_078_201 }, 40).slice(0, 3), "█▓░");
});
