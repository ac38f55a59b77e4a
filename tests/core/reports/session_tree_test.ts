/** Tests of `core/reports/session_tree.ts`, over rows that the real pipeline made. */

import assert from "node:assert/strict";
import { literal } from "../../../core/privacy.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import { REWOUND_QUERY, TREE_QUERIES } from "../../../core/reports/session_tree.ts";
import { branchedStory } from "../../helpers/branched_story.ts";
import { keptNowhere, makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readRewoundTurns() counts the turns that were taken back, and marks them", async () => {
  await using home = await filledHome(branchedStory());
  const { session, turns } = reportSession(home.db, "s1")!;

  assert.deepEqual(turns.map(({ rewound }) => rewound), [false, true, false]);
  assert.equal(session.rewound_turns, 1);
});

Deno.test("readRewoundTurns() takes no command back that set nobody to work", async () => {
  const [first, second, third] = branchedStory().filter(({ payload }) => payload.follows)
    .map((event, i) => i === 1 ? { ...event, eventType: "slash_command" as const } : event);
  await using home = await filledHome([first!, second!, third!]);

  assert.equal(reportSession(home.db, "s1")!.session.rewound_turns, 0);
});

Deno.test("readRewoundTurns() knows nothing, when nothing tells of places", async () => {
  await using home = await filledHome([makePrompt({ id: "p1" })]);
  const { session, turns } = reportSession(home.db, "s1")!;

  assert.deepEqual([session.rewound_turns, turns[0]?.rewound], [null, null]);
});

Deno.test("readSubagents() hangs each under the turn and the agent that started it", async () => {
  await using home = await filledHome(branchedStory());
  const [first, ...others] = reportSession(home.db, "s1")!.turns;

  assert.deepEqual(others.map(({ subagents }) => subagents), [[], []]);
  assert.deepEqual(first?.subagents, [{
    type: "Explore",
    outcome: "ok",
    started_at: "2026-03-01T12:00:03.000Z",
    duration_ms: 10_000,
    responses: 1,
    tool_calls: 1,
    failed: 0,
    tokens: { input: 10, output: 1000, cache_read: 0, cache_creation: 0 },
    cost_usd: 0.02505,
    cost_is_lower_bound: false,
    subagents: [{
      type: null,
      outcome: "ok",
      started_at: "2026-03-01T12:00:05.000Z",
      duration_ms: 0,
      responses: 1,
      tool_calls: 0,
      failed: 0,
      tokens: { input: 10, output: 1000, cache_read: 0, cache_creation: 0 },
      cost_usd: 0.02505,
      cost_is_lower_bound: false,
      subagents: [],
    }],
  }]);
});

Deno.test("readSubagents() puts one without a call where it began, without tokens", async () => {
  const answer = keptNowhere({ id: "m1", platform: "cursor", at: NOON + 5000 });
  const agent = literal("a1");
  await using home = await filledHome([
    makePrompt({ id: "p1", platform: "cursor" }),
    { ...answer, metadata: { ...answer.metadata, agent_id: agent } },
    makePrompt({ id: "p2", platform: "cursor", at: NOON + 9000 }),
  ]);
  const [first, second] = reportSession(home.db, "s1")!.turns;

  assert.deepEqual(second?.subagents, []);
  const [{ type, outcome, tokens, cost_usd, responses }] = first!.subagents as [
    NonNullable<typeof first>["subagents"][number],
  ];
  assert.deepEqual([type, outcome, tokens, cost_usd, responses], [null, null, null, null, 1]);
});

Deno.test("readSubagents() leaves out agents that the client starts to warm up", async () => {
  const [prompt, ...others] = branchedStory();
  const warm = others.filter(({ metadata }) => metadata.agent_id === "a2")
    .map((event) => ({ ...event, metadata: { ...event.metadata, warmup: true } }));
  await using home = await filledHome([prompt!, ...warm]);

  assert.deepEqual(reportSession(home.db, "s1")!.turns[0]?.subagents, []);
});

Deno.test("readSubagents() is answered by indexes alone", async () => {
  await using home = await filledHome([makeEvent("activity", { id: "x" })]);
  for (const [name, sql] of Object.entries({ ...TREE_QUERIES, REWOUND_QUERY })) {
    const plan = home.db.prepare(`explain query plan ${sql}`).all("1")
      .map(({ detail }) => String(detail));
    assert.deepEqual(plan.filter((step) => /^SCAN (?!json_each)/.test(step)), [], name);
  }
});
