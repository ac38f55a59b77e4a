/** Tests of `core/reports/activity.ts`. */

import assert from "node:assert/strict";
import { readActivity } from "../../../core/reports/activity.ts";
import type { Period } from "../../../core/reports/period.ts";
import type { SessionFilter } from "../../../core/reports/sums.ts";
import { literal } from "../../../core/privacy.ts";
import {
  makeEvent,
  makePrompt,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";

const MINUTE_MS = 60_000;
const ALWAYS = { from: undefined, to: Number.MAX_SAFE_INTEGER };

/** Two minutes, a long pause, three minutes. */
const prompts = [0, 2, 30, 33].map((minute) =>
  makePrompt({ id: `p${minute}`, session: "s1", at: NOON + minute * MINUTE_MS })
);

Deno.test("readActivity() leaves long pauses out of the active time", async () => {
  await using home = await filledHome(prompts);

  const { durationMs, activeMs } = ask(home, ALWAYS);

  assert.deepEqual([durationMs, activeMs], [33 * MINUTE_MS, 5 * MINUTE_MS]);
});

Deno.test("readActivity() counts what lies in the period", async () => {
  await using home = await filledHome(prompts);

  const { durationMs, activeMs } = ask(home, {
    from: NOON + MINUTE_MS,
    to: NOON + 31 * MINUTE_MS,
  });

  assert.deepEqual([durationMs, activeMs], [30 * MINUTE_MS, 2 * MINUTE_MS]);
});

Deno.test("readActivity() gives a fork none of the time that it copied", async () => {
  const copied = prompts.map((prompt) => ({ ...prompt, sessionId: literal("s2") }));
  await using home = await filledHome([
    makeEvent("activity", { id: "n1", session: "s1" }, { native_at: NOON - 1 }),
    ...prompts,
    ...copied,
    makePrompt({ id: "own", session: "s2", at: NOON + 35 * MINUTE_MS }),
  ]);

  assert.equal(ask(home, ALWAYS, { session: "s2" }).activeMs, 2 * MINUTE_MS);
});

Deno.test("readActivity() counts each changed file once, by its extension", async () => {
  const edit = (id: string, file: string, extension: string, outcome = "ok") => {
    const use = makeToolUse({ id, use: id, extension });
    return [
      { ...use, payload: { ...use.payload, file: literal(file) } },
      makeToolResult({ id: `r${id}`, use: id, outcome, at: NOON + 1 }),
    ];
  };
  await using home = await filledHome([
    ...edit("u1", "f1", "ts"),
    ...edit("u2", "f1", "ts"),
    ...edit("u3", "f2", "md"),
    ...edit("u4", "f3", "ts", "failed"),
  ]);

  assert.deepEqual([...ask(home, ALWAYS).files], [["md", 1], ["ts", 1]]);
});

Deno.test("readActivity() counts the files of edits that a person let stand", async () => {
  const change = (id: string, reviewed?: string) =>
    makeEvent("edit_proposal", { id }, {
      tool_kind: literal("edit"),
      file: literal(`file-${id}`),
      file_extension: literal("ts"),
      ...(reviewed === undefined ? {} : { reviewed: literal(reviewed) }),
    });
  const undone = makeToolUse({ id: "u1", use: "u1", extension: "md" });
  await using home = await filledHome([
    change("a", "accepted"),
    change("b", "rejected"),
    change("c"),
    { ...undone, payload: { ...undone.payload, file: literal("f1") } },
    makeToolResult({ id: "r1", use: "u1" }),
    makeEvent("tool_note", { id: "n1" }, {
      tool_use_id: literal("u1"),
      reviewed: literal("rejected"),
    }),
  ]);

  assert.deepEqual([...ask(home, ALWAYS).files], [["ts", 1]]);
});

function ask(home: FilledHome, period: Period, filter: SessionFilter = {}) {
  return readActivity(home.db, { period, filter });
}
