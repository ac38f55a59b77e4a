/** Tests of `cli/running_lines.ts`: what goes on now, in a few lines. */

import assert from "node:assert/strict";
import { burnRate, runningLines } from "../../cli/running_lines.ts";
import type { Paint } from "../../cli/table.ts";
import type { LivePicture } from "../../core/live_picture.ts";
import type { Decision, RunningSession } from "../../core/reports/running.ts";
import { NOON } from "../helpers/events.ts";
import { makePicture } from "../helpers/live_pictures.ts";

const MINUTE_MS = 60_000;

function plain(text: string): string {
  return text;
}
const PAINT: Paint = { dim: plain, bold: plain, green: plain, red: plain, yellow: plain };

function look(columns = 80) {
  return { columns, rows: 5, paint: PAINT, now: NOON, labels: new Map<string, string>() };
}

/** So much a minute over the last minutes. */
function pictureOf(minutes: number, usd: number, tokens: number): LivePicture {
  const points = (value: number) =>
    Array.from({ length: minutes }, (_, i): [number, number] => [NOON - i * MINUTE_MS, value]);
  const picture = makePicture();
  const series = { ...picture.series[60]!, cost_usd: points(usd), tokens_output: points(tokens) };
  return { ...picture, madeAt: NOON, series: { 60: series } };
}

Deno.test("burnRate() is the mean of ten minutes, for an hour and for a minute", () => {
  assert.deepEqual(burnRate(pictureOf(30, 0.5, 200)), { usdPerHour: 30, tokensPerMinute: 200 });
  assert.deepEqual(burnRate(pictureOf(2, 0.5, 200)), { usdPerHour: 6, tokensPerMinute: 40 });
  assert.equal(burnRate({ ...makePicture(), series: {} }), null);
});

Deno.test("runningLines() says that nothing runs, and nothing of what is not known", () => {
  const none = { sessions: [], decisions: [] };
  assert.deepEqual(runningLines(pictureOf(0, 0, 0), none, look()), [
    " now  none running · $0.00/h · 0 output tokens/min",
  ]);
  assert.deepEqual(runningLines({ ...makePicture(), series: {} }, undefined, look()), []);
});

Deno.test("runningLines() tells as many decisions as fit", () => {
  const decisions = (["rejected", "granted", "undone"] as const).map((kind, i): Decision => ({
    session_id: "s1",
    at: NOON - (i + 1) * MINUTE_MS,
    tool: "Edit",
    kind,
  }));
  const line = (columns: number) =>
    runningLines(pictureOf(0, 0, 0), { sessions: [], decisions }, look(columns)).at(-1);

  assert.equal(
    line(80),
    " last  rejected Edit 1 min ago · granted Edit 2 min ago · undone Edit 3 min ago",
  );
  assert.equal(line(60), " last  rejected Edit 1 min ago · granted Edit 2 min ago");
});

Deno.test("runningLines() calls tools of servers by their names, where those are known", () => {
  const decisions = ["mcp:0badcafe", "mcp:00000000"].map((tool): Decision => ({
    session_id: "s1",
    at: NOON - MINUTE_MS,
    tool,
    kind: "granted",
  }));
  const labels = new Map([["mcp:0badcafe", "notes/read"]]);

  const lines = runningLines(pictureOf(0, 0, 0), { sessions: [], decisions }, {
    ...look(),
    labels,
  });

  assert.equal(
    lines.at(-1),
    " last  granted notes/read 1 min ago · granted mcp:00000000 1 min ago",
  );
});

Deno.test("runningLines() tells sessions of projects apart whose names begin alike", () => {
  const sessions = ["1c8b", "9f9f"].map((project_id): RunningSession => ({
    session_id: `of-${project_id}`,
    platform: "claude_code",
    project_id,
    tool: null,
    tool_at: null,
    last_at: NOON,
    cost_usd: 1,
    cost_is_lower_bound: false,
    cost_coverage: 1,
  }));
  const labels = new Map(
    ["1c8b", "9f9f"].map((id) => [id, `example-project-of-ours (${id})`]),
  );

  const lines = runningLines(pictureOf(0, 0, 0), { sessions, decisions: [] }, {
    ...look(60),
    labels,
  });

  assert.deepEqual(lines.slice(1).map((line) => line.trim().split(" now ")[0]!.trim()), [
    "example-…rs (1c8b)",
    "example-…rs (9f9f)",
  ]);
});
