/** Tests of `core/reports/critical_path_report.ts`. */

import assert from "node:assert/strict";
import {
  PATH_QUERIES,
  readCriticalPath,
  waitTitle,
} from "../../../core/reports/critical_path_report.ts";
import { readWords } from "../../../core/words.ts";
import { makePrompt, makeResponse, makeToolResult, makeToolUse } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { NOON } from "../../helpers/events.ts";
import { Story } from "../../helpers/story.ts";

const SECOND_MS = 1000;

function read({ db }: FilledHome, session = "s1") {
  const { id } = db.prepare("select id from sessions where session_id = ?").get(session)!;
  return readCriticalPath(db, id as number, readWords(db));
}

Deno.test("readCriticalPath() tells what a session waited for, and what ran beside", async () => {
  const at = (seconds: number) => NOON + seconds * SECOND_MS;
  const call = (use: string, tool: string, from: number, to: number) => [
    makeToolUse({ id: use, use, tool, at: at(from) }),
    makeToolResult({ id: `${use}-end`, use, at: at(to) }),
  ];
  await using home = await filledHome([
    makePrompt({ id: "p1", at: at(0) }),
    makeResponse({ id: "m1", at: at(2) }),
    ...call("u1", "Bash", 2, 12),
    ...call("u2", "Grep", 3, 5),
    makeResponse({ id: "m2", at: at(15) }),
    ...call("u3", "Bash", 15, 16),
    makeResponse({ id: "m3", at: at(20) }),
    makePrompt({ id: "p2", at: at(50) }),
  ]);

  const { waited_for, longest, ...sums } = read(home)!;

  assert.deepEqual(sums, {
    length_ms: 50 * SECOND_MS,
    steps: 6,
    model_ms: 9 * SECOND_MS,
    tool_ms: 11 * SECOND_MS,
    subagent_ms: null,
    permission_ms: null,
    user_ms: 30 * SECOND_MS,
    beside_ms: 2 * SECOND_MS,
  });
  assert.deepEqual(waited_for.map((wait) => [waitTitle(wait), wait.steps, wait.ms]), [
    ["you", 1, 30 * SECOND_MS],
    ["Bash", 2, 11 * SECOND_MS],
    ["model", 3, 9 * SECOND_MS],
  ]);
  assert.deepEqual(longest[0], {
    what: "user",
    tool: null,
    of_subagent: false,
    started_at: new Date(at(20)).toISOString(),
    ms: 30 * SECOND_MS,
  });
  assert.deepEqual(longest.map(({ ms }) => ms / SECOND_MS), [30, 10, 4, 3, 2, 1]);
});

Deno.test("readCriticalPath() knows permission and tools only where something tells", async () => {
  const asked = new Story("asked").prompt().response()
    .askedCall("Bash", { tookMs: 30 * SECOND_MS, durationMs: 10 * SECOND_MS })
    .wait(30 * SECOND_MS).response();
  const open = new Story("open").prompt().call("Bash", { outcome: "none" }).response();
  await using home = await filledHome([...asked.events, ...open.events]);

  const { permission_ms, tool_ms, waited_for } = read(home, "asked")!;
  const untold = read(home, "open")!;

  assert.deepEqual([permission_ms, tool_ms], [20 * SECOND_MS, 10 * SECOND_MS]);
  assert.deepEqual(waited_for.map(waitTitle), ["permission", "Bash", "model"]);
  assert.deepEqual([untold.permission_ms, untold.tool_ms], [null, null]);
  assert.equal(untold.length_ms, untold.model_ms);
});

Deno.test("readCriticalPath() is null where nothing took any time", async () => {
  await using home = await filledHome([makePrompt({ id: "p1" })]);

  assert.equal(read(home), null);
});

Deno.test("waitTitle() says of whom a step was", () => {
  const told = { what: "tool", tool: "Bash", of_subagent: true } as const;

  assert.equal(waitTitle(told), "sub-agent: Bash");
  assert.equal(waitTitle({ ...told, what: "user", tool: null, of_subagent: false }), "you");
});

Deno.test("PATH_QUERIES() are answered by an index", async () => {
  await using home = await filledHome();

  for (const [name, query] of Object.entries(PATH_QUERIES)) {
    const plan = home.db.prepare(`explain query plan ${query}`).all(1);
    assert.ok(plan.every(({ detail }) => String(detail).startsWith("SEARCH")), name);
  }
});
