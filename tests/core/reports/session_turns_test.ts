/** Tests of `core/reports/session_turns.ts`. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import type { Turn } from "../../../core/reports/session_turns.ts";
import {
  keptNowhere,
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

async function turnsOf(
  session: string,
  events?: readonly TelemetryEvent[],
): Promise<readonly Turn[]> {
  await using home = await filledHome(events);
  return reportSession(home.db, session)!.turns;
}

Deno.test("readTurns() tells each turn with what it did and cost", async () => {
  const [empty, command, last] = await turnsOf("alpha");
  assert.deepEqual(empty, {
    started_at: "2026-03-01T12:00:00.000Z",
    kind: "user_prompt",
    duration_ms: null,
    idle_before_ms: null,
    responses: 0,
    tool_calls: 0,
    tools: {},
    phases: [],
    failed: 0,
    interrupted: false,
    rewound: null,
    subagents: [],
    permission_requests: null,
    cost_usd: 0,
    cost_is_lower_bound: false,
    cost_so_far_usd: 0,
    cost_so_far_is_lower_bound: false,
  });
  assert.deepEqual(command, {
    started_at: "2026-03-01T12:00:05.000Z",
    kind: "slash_command",
    duration_ms: 40_000,
    idle_before_ms: null,
    responses: 1,
    tool_calls: 3,
    tools: { Edit: 2, Bash: 1 },
    phases: ["edit", "run"],
    failed: 1,
    interrupted: false,
    rewound: null,
    subagents: [],
    permission_requests: null,
    cost_usd: 0.003675,
    cost_is_lower_bound: false,
    cost_so_far_usd: 0.003675,
    cost_so_far_is_lower_bound: false,
  });
  assert.deepEqual(last, {
    started_at: "2026-03-01T12:01:00.000Z",
    kind: "user_prompt",
    duration_ms: 25_000,
    idle_before_ms: 15_000,
    responses: 1,
    tool_calls: 2,
    tools: { Bash: 1, Write: 1 },
    phases: ["edit", "run"],
    failed: 0,
    interrupted: true,
    rewound: null,
    subagents: [],
    permission_requests: null,
    cost_usd: 0.00023,
    cost_is_lower_bound: true,
    cost_so_far_usd: 0.003905,
    cost_so_far_is_lower_bound: true,
  });
});

Deno.test("readTurns() adds what sub-agents cost, and leaves out what they called", async () => {
  const [turn] = await turnsOf("s1", [
    makePrompt({ id: "p1" }),
    makeToolUse({ id: "u1", use: "u1", tool: "Task", at: NOON + 1000 }),
    makeToolUse({ id: "u2", use: "u2", tool: "Bash", at: NOON + 2000, sidechain: true }),
    makeResponse({ id: "m1", at: NOON + 3000, output: 1000, sidechain: true }),
  ]);
  assert.deepEqual([turn!.tools, turn!.tool_calls], [{ Task: 1 }, 1]);
  assert.equal(turn!.cost_usd, 0.025);
});

Deno.test("readTurns() tells when a person was asked, and what searches cost", async () => {
  const asking = makeEvent("permission_request", { id: "q1", at: NOON + 2000 }, {
    tool: literal("WebSearch"),
  });
  const result = makeToolResult({ id: "r1", use: "u1", at: NOON + 3000 });
  const events = [
    makePrompt({ id: "p1" }),
    makeToolUse({ id: "u1", use: "u1", tool: "WebSearch", at: NOON + 1000 }),
    { ...asking, hookType: literal("PermissionRequest") },
    { ...result, payload: { ...result.payload, web_searches: 2 } },
    makePrompt({ id: "p2", at: NOON + 5000 }),
    makeResponse({ id: "m1", at: NOON + 6000, output: 1000 }),
  ];
  await using home = await filledHome(events);
  const { session, turns } = reportSession(home.db, "s1")!;
  assert.deepEqual(turns.map((turn) => turn.permission_requests), [1, 0]);
  assert.deepEqual(turns.map((turn) => turn.cost_usd), [0.02, 0.025]);
  assert.equal(turns[1]!.cost_so_far_usd, session.cost_usd);
});

Deno.test("readTurns() takes what was before the first turn into the cost so far", async () => {
  const [turn] = await turnsOf("s1", [
    makeResponse({ id: "m1", at: NOON - 1000, output: 1000, stop: null }),
    makePrompt({ id: "p1" }),
    makeResponse({ id: "m2", at: NOON + 1000, output: 2000 }),
  ]);
  assert.deepEqual([turn!.cost_usd, turn!.cost_so_far_usd], [0.05, 0.075]);
  const { cost_is_lower_bound: own, cost_so_far_is_lower_bound: soFar } = turn!;
  assert.deepEqual([own, soFar], [false, true]);
});

Deno.test("readTurns() knows no cost, where none of a turn's responses has a price", async () => {
  const [priceless, dear] = await turnsOf("s1", [
    makePrompt({ id: "p1" }),
    makeResponse({ id: "m1", model: "mystery-1", output: 9, at: NOON + 1 }),
    makePrompt({ id: "p2", at: NOON + 1000 }),
    makeResponse({ id: "m2", output: 1000, at: NOON + 2000 }),
  ]);
  assert.deepEqual([priceless!.cost_usd, priceless!.cost_is_lower_bound], [null, null]);
  assert.deepEqual([dear!.cost_usd, dear!.cost_so_far_usd], [0.025, 0.025]);
});

Deno.test("readTurns() knows no cost at all, where no tokens are kept", async () => {
  const [answered, unanswered] = await turnsOf("s1", [
    makePrompt({ id: "p1", platform: "cursor" }),
    keptNowhere({ id: "m1", platform: "cursor", at: NOON + 1 }),
    makePrompt({ id: "p2", platform: "cursor", at: NOON + 1000 }),
  ]);
  for (const turn of [answered!, unanswered!]) {
    assert.deepEqual([turn.cost_usd, turn.cost_so_far_usd], [null, null]);
  }
});
