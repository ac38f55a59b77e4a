/** Tests of the rankings beside the headline numbers of the live screen. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { rankingLines, type RankingsLook } from "../../cli/live_rankings.ts";
import type { Paint } from "../../cli/table.ts";
import type { LivePart, Rank } from "../../core/live_picture.ts";
import { makePicture } from "../helpers/live_pictures.ts";

function plain(text: string): string {
  return text;
}
const paint: Paint = { dim: plain, bold: plain, green: plain, red: plain, yellow: plain };

function shown(rankings: Partial<LivePart["rankings"]>, changes: Partial<RankingsLook> = {}) {
  const part = makePicture().periods["24h"]!;
  const labels = new Map([["mcp:0badcafe", "notes/read"]]);
  const look = { grouping: "tools", columns: 25, rows: 20, paint, labels } as const;
  return rankingLines(
    { ...part, rankings: { ...part.rankings, ...rankings } },
    { ...look, ...changes },
  );
}

function ranks(name: string, count: number): Rank[] {
  return Array.from({ length: count }, (_, i) => [`${name}${i}`, count - i]);
}

Deno.test("rankingLines() ranks models by tokens, when none has a price", () => {
  const text = shown({ models_by_cost: [] }, { columns: 40 }).join("\n");

  match(text, /^model +tokens$/m);
  match(text, /^first_models_by_token\S* +103$/m);
});

Deno.test("rankingLines() calls tools of servers by their names", () => {
  equal(shown({ tools: [["mcp:0badcafe", 7]] })[1], "notes/read              7");
});

Deno.test("rankingLines() tells models apart, where there is no room for whole names", () => {
  const names = ["claude-sonnet-4-20250514", "claude-sonnet-4-5-20250929", "claude-opus-4-6"];
  const models_by_cost = names.map((name) => [name, 1] as const);

  const narrow = shown({ models_by_cost }).join("\n");
  const wide = shown({ models_by_cost }, { columns: 40 }).join("\n");

  for (const short of ["sonnet-4", "sonnet-4-5", "claude-opus-4-6"]) {
    match(narrow, new RegExp(`^${short} +\\$1\\.00$`, "m"));
  }
  for (const name of names) match(wide, new RegExp(`^${name} +\\$1\\.00$`, "m"));
});

Deno.test("rankingLines() keeps of dates what tells two models apart, as far as it fits", () => {
  const named = (columns: number, ...names: string[]) =>
    shown({ models_by_cost: names.map((name) => [name, 1] as const) }, { columns })
      .slice(-names.length).map((line) => line.split(" ")[0]);
  const twins = ["claude-sonnet-4-20250514", "claude-sonnet-4-20250929"];

  deepEqual(named(25, ...twins, "claude-opus-4-20250514"), [
    "sonnet-4…250514",
    "sonnet-4…250929",
    "opus-4-20250514",
  ]);
  deepEqual(named(23, ...twins, "claude-opus-4-20250514"), [
    "sonnet-4…0514",
    "sonnet-4…0929",
    "opus-4",
  ]);
  deepEqual(named(23, "sonnet-4", ...twins), ["sonnet-4", "sonnet-4…0514", "sonnet-4…0929"]);
});

Deno.test("rankingLines() cuts names in the middle that differ at their ends alone", () => {
  const tools = [["a-long-server/read_one", 7], ["a-long-server/read_two", 6]] as const;

  deepEqual(shown({ tools }).slice(1, 3).map((line) => line.split(" ")[0]), [
    "a-long-…ead_one",
    "a-long-…ead_two",
  ]);
});

Deno.test("rankingLines() calls sessions as all tables do", () => {
  const id = "0fae0449-64d3-4788-8622-d3a47d82c14b";
  const line = shown({ projects: [], sessions: [[id, 2]] }, { grouping: "projects", columns: 60 })
    .at(-1)!;

  match(line, /^0fae0449 +\$2\.00$/);
});

// Goal: what room there is holds as much as there is to show, whichever ranking has it.
Deno.test("rankingLines() gives one ranking the rows that the other does not need", () => {
  const counts = (tools: number, models: number, rows: number) => {
    const by = { models_by_cost: ranks("m", models), models_by_tokens: [] };
    const rankings = { tools: ranks("t", tools), ...by };
    const lines = shown(rankings, { rows });
    ok(lines.length <= rows);
    return ["t", "m"].map((name) => lines.filter((line) => /^.\d/.test(line) && line[0] === name))
      .map(({ length }) => length);
  };
  deepEqual(counts(40, 40, 23), [10, 10]);
  deepEqual(counts(40, 2, 23), [18, 2]);
  deepEqual(counts(2, 40, 23), [2, 18]);
  deepEqual(counts(3, 4, 23), [3, 4]);
  deepEqual(counts(40, 0, 23), [22, 0]);
  deepEqual(counts(40, 40, 3), [2, 0]);
});

Deno.test("rankingLines() leaves a score out whole that has no room", () => {
  const line = (score: number) =>
    shown({ tools: [["Bash", 7]], models_by_cost: [["model", score]] }).at(-1);

  equal(line(123_456_789), "model        $123,456,789");
  equal(line(1_234_567_890), `model${" ".repeat(20)}`);
});
