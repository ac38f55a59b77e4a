/** Tests of a session at a glance. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { literal } from "../../../core/privacy.ts";
import { overviewLines } from "../../../cli/analysis/overview_lines.ts";
import {
  keptNowhere,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { PLAIN, sampleReport } from "./sample_report.ts";

async function textOf(...of: Parameters<typeof sampleReport>): Promise<string> {
  return overviewLines(await sampleReport(...of), PLAIN, 80).join("\n");
}

Deno.test("overviewLines() tells what was done in a session", async () => {
  const [title, place, blank, ...lines] = (await textOf("alpha")).split("\n");
  deepEqual([title, place, blank], ["session alpha", "1c8bbfa6, Claude Code 2.1.4", ""]);
  deepEqual(lines.slice(1), [
    "time        ██████████████████████████▓▓▓▓▓▓▓▓░░░░░░",
    "            █ model 1 min, ▓ tools 20 s, ░ you 15 s",
    "waited for  model 1 min, you 15 s, Edit 10 s, Bash 5 s, else 5 s",
    "phases      edit 78.6 %, run 21.4 %",
    "prompts     2, 1 command, 1 interruption; 2 responses",
    "tool calls  5, 1 failed, 1 refused",
    "lines       +5 −2, 1 created",
    "edits       2 accepted, 1 rejected; 66.7 % accepted",
    "accepted    2 ran where a person could refuse",
    "tokens      15 in, ≥140 out, 900 from the cache, 110 into it",
    "cost        ≥$0.004",
    "cache       saved $0.004",
    "context     1,000 (0.5 %) at most, 25 (0.0 %) at last",
  ]);
  match(lines[0]!, /^when {8}2026-\d\d-\d\d \d\d:\d\d to \d\d:\d\d, 2 min, active 2 min$/);
});

Deno.test("overviewLines() goes on below, when there is little room", async () => {
  const lines = overviewLines(await sampleReport("alpha"), PLAIN, 40);
  ok(lines.every((line) => line.length <= 40), lines.join("\n"));
  ok(
    lines.join("\n").includes(
      "tokens      15 in, ≥140 out,\n            900 from the cache,\n            110 into it",
    ),
  );
});

Deno.test("overviewLines() says why tokens and cost are not known", async () => {
  const untold = await textOf("a", [
    keptNowhere({ id: "m1", session: "a", platform: "cursor" }),
  ]);
  match(untold, /^tokens {6}–, its assistant keeps none\ncost {8}–, as no tokens are kept$/m);
  const hooked = await textOf("a", [
    { ...makePrompt({ id: "p1", session: "a" }), hookType: literal("UserPromptSubmit") },
  ]);
  match(hooked, /^tokens {6}–, only hooks told of it\ncost {8}–, as no tokens are known$/m);
  const priceless = await textOf("a", [
    makeResponse({ id: "m1", session: "a", model: "mystery-1", output: 9 }),
  ]);
  match(priceless, /^cost {8}–, as its models have no price$/m);
});

Deno.test("overviewLines() names both days of a session that went on over night", async () => {
  const text = await textOf("s1", [
    makePrompt({ id: "p1", at: NOON }),
    makePrompt({ id: "p2", at: NOON + 30 * 3_600_000 }),
  ]);
  match(text, /^when {8}(\S+) \S+ to (?!\1)\d{4}-\d\d-\d\d \S+, 1 d 6 h,/m);
});

Deno.test("overviewLines() names the session that a fork came from", async () => {
  ok((await textOf("zeta")).includes(", forked from alpha\n"));
});

Deno.test("overviewLines() keeps what a project's name holds from the terminal", async () => {
  const { session } = await sampleReport("alpha");
  const named = { ...session, project_label: "a\x1b[2J" };
  const nothing = { context: null, critical_path: null, usage: null };
  const lines = overviewLines({ ...nothing, session: named }, PLAIN, 80);
  equal(lines[1], "a\ufffd[2J, Claude Code 2.1.4");
});

Deno.test("overviewLines() calls the score an experiment, and says what it lacks", async () => {
  const events = [1, 2, 3, 4, 5].flatMap((i) => [
    makeToolUse({ id: `u${i}`, use: `u${i}`, session: "a", tool: "Bash" }),
    makeToolResult({ id: `r${i}`, use: `u${i}`, session: "a" }),
  ]);
  const text = await textOf("a", [makePrompt({ id: "p", session: "a" }), ...events]);

  // 30 × 1 + 20 × 1 + 10 × 1 + 15 × 0, of 75.
  match(text, /^score {7}80 of 100, experimental; not known: 1 part of it$/m);
});
