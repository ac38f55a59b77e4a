/** Tests of `core/reports/digest_rows.ts`. */

import assert from "node:assert/strict";
import { addRows, type Digests, hasRowsOutside } from "../../../core/reports/digest_rows.ts";
import type { Stretch } from "../../../core/reports/pieces.ts";
import { literal } from "../../../core/privacy.ts";
import { makeEvent, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome, ONE } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;
const ALL = { whole: true, hours: true, times: true, tools: true };

Deno.test("addRows() tells rows apart by time and place", async () => {
  await using home = await filledHome();
  const of = { id: "failed", session: "alpha", project: ONE, at: NOON };
  await home.tell(makeToolUse({ ...of, use: "failed", tool: "Bash" }));
  await home.tell(
    makeEvent("tool_result", { ...of, id: "why" }, {
      tool_use_id: literal("failed"),
      outcome: literal("failed"),
      error_class: literal("timeout"),
    }),
  );
  const digests: Digests = new Map();
  addRows(home.db, digests, {
    stretches: [{ tier: 900, from: NOON - 3 * HOUR_MS, to: NOON + HOUR_MS }],
    time: `x.bucket / ${HOUR_MS}`,
    place: "s.project is null",
    name: (time, place) => `${time - NOON / HOUR_MS} ${place}`,
    parts: ALL,
  });

  const prompts = [...digests].map(([name, { inputs }]) => [name, inputs.get(0)?.[0]]);
  assert.deepEqual(new Map(prompts as [string, number][]), new Map([["0 0", 2], ["-2 0", 1]]));
  const { sessions, errors, words } = digests.get("0 0")!;
  // A fork that repeats the first prompt has that.
  assert.equal(new Set(sessions.inputs.flat()).size, 2);
  assert.deepEqual([errors.size, words.get(3)], [1, 2]);
});

Deno.test("addRows() adds stretches up, and of known ones the rest alone", async () => {
  await using home = await filledHome();
  const read = (stretches: readonly Stretch[], known: readonly Stretch[] = []) => {
    const digests: Digests = new Map(), of = { time: "0", place: "0", name: () => "all" };
    addRows(home.db, digests, { stretches, known, ...of, parts: ALL });
    return digests.get("all")!;
  };
  const early = { tier: 60, from: NOON - 3 * HOUR_MS, to: NOON - HOUR_MS };
  const late = { tier: 900, from: NOON, to: NOON + HOUR_MS };

  const { inputs, usage, words } = read([{ ...late, from: early.from }]);
  const both = read([early, late]), ofLate = read([late]), known = read([early], [late]);

  assert.deepEqual([both.inputs, both.usage, both.words], [inputs, usage, words]);
  assert.deepEqual([known.inputs, known.usage], [read([early]).inputs, usage]);
  assert.ok(ofLate.inputs.get(0)![0]! < inputs.get(0)![0]!);
});

Deno.test("addRows() leaves out what is not asked for", async () => {
  await using home = await filledHome();
  const digests: Digests = new Map();
  addRows(home.db, digests, {
    stretches: [{ tier: 900, from: 0, to: NOON + HOUR_MS }],
    where: {
      sql: " and s.platform = (select id from words where text = ?)",
      parameters: ["cursor"],
    },
    time: "0",
    place: "0",
    name: () => "all",
    parts: { whole: false, hours: false, times: false, tools: false },
  });

  const { inputs, errors, hours, isTimed, durations } = digests.get("all")!;
  assert.equal(inputs.get(0)?.[0], 1);
  assert.deepEqual([errors.size, hours.length, isTimed, durations.size], [0, 0, false, 0]);
});

Deno.test("hasRowsOutside() sees rows before a stretch and behind it", async () => {
  await using home = await filledHome();
  const has = (from: number, to: number) => hasRowsOutside(home.db, { tier: 900, from, to });

  assert.equal(has(0, NOON + 24 * HOUR_MS), false);
  assert.equal(has(NOON - HOUR_MS, NOON + 24 * HOUR_MS), true);
  assert.equal(has(0, NOON - HOUR_MS), true);
});
