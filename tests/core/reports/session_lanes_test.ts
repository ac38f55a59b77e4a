/** Tests of `core/reports/session_lanes.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import {
  MARKS_QUERY,
  readBusyTime,
  readSessionLanes,
} from "../../../core/reports/session_lanes.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import type { Interval } from "../../../core/time_split.ts";
import { readWords } from "../../../core/words.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const ALWAYS = [0, NOON * 2] as const;

function lanesOf(db: Database, session: string, stretch: Interval = ALWAYS) {
  return readSessionLanes(db, numberOf(db, session), readWords(db), stretch);
}

function numberOf(db: Database, session: string): number {
  const { id } = db.prepare("select id from sessions where session_id = ?").get(session)!;
  return id as number;
}

/** In seconds after noon. */
function seconds(intervals: readonly Interval[]) {
  return intervals.map((interval) => interval.map((at) => (at - NOON) / 1000));
}

Deno.test("readSessionLanes() tells who was at work, and when", async () => {
  const { events } = new Story("s1").prompt().response()
    .call("Bash", { tookMs: 3000 }).wait(3000)
    .response().wait(10_000).prompt().response()
    .askedCall("Edit", { outcome: "rejected", tookMs: 5000 }).wait(5000)
    .input("interruption").wait(3_600_000).prompt().response();
  await using home = await filledHome(events);
  const lanes = lanesOf(home.db, "s1");
  deepEqual(
    lanes.calls.map(({ tool, from, to, failed, refused }) => [
      tool,
      ...seconds([[from, to]])[0]!,
      failed,
      refused,
    ]),
    [["Bash", 2, 5, false, false], ["Edit", 19, 24, false, true]],
  );
  deepEqual(seconds(lanes.model), [[0, 2], [5, 6], [17, 19], [24, 25], [3626, 3627]]);
  deepEqual(seconds(lanes.permission), [[19, 24]]);
  equal(
    lanes.marks.map(({ kind }) => kind).join(),
    [
      "user_prompt",
      "user_prompt",
      "interruption",
      "user_prompt",
    ].join(),
  );
  // The hour between is nobody's.
  equal(lanes.busy.length, 2);
});

Deno.test("readSessionLanes() adds up to the times of the session", async () => {
  await using home = await filledHome();
  for (const { session_id, time } of reportSessions(home.db).sessions) {
    const { model, unanswered, permission, user, busy } = lanesOf(home.db, session_id);
    const sum = (lane: readonly Interval[]) => lane.reduce((ms, [from, to]) => ms + to - from, 0);
    deepEqual(
      [sum(model) + sum(unanswered), sum(permission), sum(user)],
      [time!.model_ms, time!.permission_ms ?? 0, time!.user_ms],
      session_id,
    );
    equal(sum(busy), time!.duration_ms - time!.idle_ms, session_id);
  }
});

Deno.test("readBusyTime() is what all lanes have of it", async () => {
  await using home = await filledHome();
  const { db } = home, words = readWords(db);
  for (const { session_id } of reportSessions(db).sessions) {
    const { busy } = lanesOf(db, session_id);
    deepEqual(readBusyTime(db, numberOf(db, session_id), words, ALWAYS), busy, session_id);
  }
});

Deno.test("readSessionLanes() tells a prompt without an answer from work", async () => {
  const { events } = new Story("s1").prompt().wait(5000).prompt().wait(2000)
    .input("slash_command").wait(9000).prompt().input("queued_prompt").response().response();
  await using home = await filledHome(events);
  const { model, unanswered } = lanesOf(home.db, "s1");
  const [[, end] = [], ...more] = seconds(unanswered);

  // Two prompts were passed over; the last one was worked on while another one waited.
  deepEqual([seconds(unanswered)[0]![0], end, more.length], [0, 9, 0]);
  deepEqual(seconds(model), [[19, 22]]);
});

Deno.test("readSessionLanes() ends with the stretch", async () => {
  await using home = await filledHome();
  const stretch = [NOON, NOON + 22_000] as const;
  const { calls, marks, busy } = lanesOf(home.db, "alpha", stretch);
  deepEqual(calls.map(({ tool, to }) => [tool, to - NOON]), [["Edit", 22_000]]);
  equal(marks.length, 2);
  ok(busy.every(([from, to]) => from >= stretch[0] && to <= stretch[1]));
});

Deno.test("readSessionLanes() asks an index for its marks", async () => {
  await using home = await filledHome();
  const plan = home.db.prepare(`explain query plan ${MARKS_QUERY}`).all(1, 0, 1);
  deepEqual(plan.map(({ detail }) => String(detail).split(" ")[0]), ["SEARCH"]);
});
