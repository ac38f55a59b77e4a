/** Tests of `core/reports/hour_rows.ts`: the same as rows that SQL adds up. */

import assert from "node:assert/strict";
import { emptyDigest } from "../../../core/reports/digest.ts";
import { addRows, type Digests } from "../../../core/reports/digest_rows.ts";
import { digestTexts } from "../../../core/reports/digest_text.ts";
import { addHourRows } from "../../../core/reports/hour_rows.ts";
import { localStart } from "../../../core/reports/local_time.ts";
import { literal } from "../../../core/privacy.ts";
import { makeEvent, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome, ONE } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;
const STRETCH = { tier: 900, from: NOON - 60 * 24 * HOUR_MS, to: NOON + 3 * HOUR_MS };

Deno.test("addHourRows() tells of each hour and session what its rows add up to", async () => {
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
  const summed: Digests = new Map(), read: Digests = new Map();
  const name = (hour: number, session: number) => `${hour} ${session}`;

  addRows(home.db, summed, {
    stretches: [STRETCH],
    time: localStart("hour", STRETCH),
    place: "x.session",
    name,
    parts: { whole: true, hours: true, times: true, tools: true },
  });
  const asked = new Set<string>();
  addHourRows(home.db, STRETCH, (hour, session) => {
    asked.add(name(hour, session));
    return [read.getOrInsertComputed(name(hour, session), emptyDigest)];
  });

  assert.ok(asked.size > 4);
  const told = (digests: Digests) =>
    [...digests].sort().map(([of, one]) => [of, digestTexts(one)]);
  assert.deepEqual(told(read), told(summed));
  const { errors, sessions } = read.get(name(NOON, sessionOf("alpha")))!;
  assert.deepEqual([errors.size, sessions.inputs.length], [1, 1]);

  function sessionOf(id: string): number {
    return Number(home.db.prepare("select id from sessions where session_id = ?").get(id)!.id);
  }
});

Deno.test("addHourRows() adds to every digest that it is given", async () => {
  await using home = await filledHome();
  const all = emptyDigest(), own = emptyDigest();

  addHourRows(home.db, STRETCH, () => [all, own]);

  assert.ok(all.inputs.size > 0 && all.calls.size > 0 && all.words.size > 0);
  assert.deepEqual(digestTexts(own), digestTexts(all));
  assert.notEqual(own.sessions.inputs[0], all.sessions.inputs[0]);
});
