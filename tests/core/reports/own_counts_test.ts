/** Tests of `core/reports/own_counts.ts`: numbers of an assistant's own, beside ours. */

import assert from "node:assert/strict";
import {
  readDailyLines,
  readEstimatedMicros,
  readHunks,
  readSessionEstimates,
  readSessionHunks,
  readSessionStates,
  readTrackedCode,
} from "../../../core/reports/own_counts.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

function safe(text: string) {
  return text as SafeText;
}
const DAY_MS = 86_400_000;
const MIDNIGHT = Date.UTC(2026, 2, 1);
const ALL = { from: undefined, to: NOON + DAY_MS };

function day(at: number, lines: number) {
  return makeEvent("daily_lines", { id: `d${at}`, at, session: "daily" }, {
    composer_suggested_lines: lines,
    composer_accepted_lines: lines + 1,
  });
}

Deno.test("readDailyLines() tells the days of a period, each by its name", async () => {
  await using home = await filledHome([day(MIDNIGHT - DAY_MS, 3), day(MIDNIGHT, 326)]);

  const days = readDailyLines(home.db, ALL, {})!;

  assert.deepEqual(days.map((row) => [row.day, row.composer_suggested_lines]), [
    ["2026-02-28", 3],
    ["2026-03-01", 326],
  ]);
  assert.deepEqual(days[1], {
    day: "2026-03-01",
    tab_suggested_lines: 0,
    tab_accepted_lines: 0,
    composer_suggested_lines: 326,
    composer_accepted_lines: 327,
  });
  const today = readDailyLines(home.db, { from: NOON, to: NOON + 1 }, {})!;
  assert.deepEqual(today.map((row) => row.day), ["2026-03-01"]);
});

Deno.test("readDailyLines() is null, where nobody counts or a part is asked for", async () => {
  await using home = await filledHome([day(MIDNIGHT, 1)]);

  assert.equal(readDailyLines(home.db, { from: 0, to: 5 }, {}), null);
  assert.equal(readDailyLines(home.db, ALL, { model: "m" }), null);
  assert.equal(readDailyLines(home.db, ALL, { platform: "cursor" }), null);
  assert.equal(readDailyLines(home.db, ALL, { platform: "claude_code" })!.length, 1);
});

Deno.test("readSessionStates() tells modes, and gauges as they stand", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p" }),
    makeEvent("session_state", { id: "a", at: NOON }, {
      mode: safe("agent"),
      context_tokens: 90,
      reported_lines_added: 5,
    }),
    makeEvent("session_state", { id: "b", at: NOON + 1 }, {
      mode: safe("plan"),
      context_tokens: 20,
      context_limit: 200,
      reported_lines_added: 7,
    }),
  ]);

  const number = numberOf(home.db);
  assert.deepEqual(readSessionStates(home.db, [number]).get(number), {
    modes: ["agent", "plan"],
    context: { tokens_last: 20, tokens_max: 90, limit: 200 },
    reported: { lines_added: 7, lines_removed: null, files_changed: null },
  });
  assert.deepEqual(readSessionStates(home.db, [999]).get(999), {
    modes: [],
    context: null,
    reported: null,
  });
});

Deno.test("readHunks() adds up what was judged, and is null where nothing was", async () => {
  await using home = await filledHome([hunks("a", 2), hunks("b", 3)]);

  assert.equal(readHunks(home.db, ALL, {})!.hunks_accepted, 5);
  assert.equal(readHunks(home.db, { from: 0, to: 5 }, {}), null);
});

Deno.test("readSessionHunks() tells those of each session, and nothing of others", async () => {
  await using home = await filledHome([hunks("a", 2), hunks("b", 3)]);
  const number = numberOf(home.db), of = readSessionHunks(home.db, [999, number]);

  assert.deepEqual([...of.keys()], [number]);
  assert.equal(of.get(number)!.hunks_accepted, 5);
});

Deno.test("readEstimatedMicros() adds up the sessions that began in a period", async () => {
  const state = (session: string, at: number, estimated_cost_micros: number) =>
    makeEvent("session_state", { id: `${session}${at}`, session, at }, { estimated_cost_micros });
  await using home = await filledHome([
    state("a", NOON, 100),
    state("a", NOON + 5, 300),
    state("b", NOON - DAY_MS, 50),
  ]);

  assert.equal(readEstimatedMicros(home.db, ALL, {}), 350);
  assert.equal(readEstimatedMicros(home.db, { from: NOON, to: NOON + 9 }, {}), 300);
  assert.equal(readEstimatedMicros(home.db, { from: 0, to: 5 }, {}), null);
});

Deno.test("readSessionEstimates() tells what a client estimated last of each", async () => {
  const state = (at: number, estimated_cost_micros: number) =>
    makeEvent("session_state", { id: `s${at}`, at }, { estimated_cost_micros });
  await using home = await filledHome([state(NOON, 100), state(NOON + 5, 300)]);
  const number = numberOf(home.db);

  assert.deepEqual([...readSessionEstimates(home.db, [number, 999])], [[number, 300]]);
});

Deno.test("readTrackedCode() tells lines by source and commits by author", async () => {
  await using home = await filledHome([
    makeEvent("tracked_lines", { id: "t" }, {
      source: safe("tab"),
      file_extension: safe("ts"),
      lines: 4,
    }),
    makeEvent("scored_commit", { id: "c" }, {
      commit: safe("abc"),
      lines_added: 9,
      composer_lines_added: 6,
    }),
  ]);

  const code = readTrackedCode(home.db, ALL, {})!;
  assert.deepEqual([code.lines, code.commits], [{ tab: 4 }, 1]);
  assert.deepEqual(
    [code.commit_lines.lines_added, code.commit_lines.composer_lines_added],
    [9, 6],
  );
  assert.equal(readTrackedCode(home.db, { from: 0, to: 5 }, {}), null);
  assert.equal(readTrackedCode(home.db, ALL, { project: "x" }), null);
});

function hunks(id: string, accepted: number) {
  return makeEvent("hunks_reviewed", { id }, { review_id: safe(id), hunks_accepted: accepted });
}

function numberOf(db: Parameters<typeof readSessionStates>[0]): number {
  return db.prepare("select id from sessions where session_id = 's1'").get()!.id as number;
}
