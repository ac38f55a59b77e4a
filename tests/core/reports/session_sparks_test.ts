/** Tests of `core/reports/session_sparks.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { readSpark, SPARK_QUERY } from "../../../core/reports/session_sparks.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

Deno.test("readSpark() counts the responses in each part of a session's time", async () => {
  const { events } = new Story("s1").prompt().response().response().wait(6000).response();
  await using home = await filledHome(events);
  const [session] = reportSessions(home.db).sessions;
  deepEqual(readSpark(home.db, session!, 3), [2, 0, 1]);
  deepEqual(readSpark(home.db, session!, 1), [3]);
  equal(readSpark(home.db, { ...session!, started_at: null }, 3), null);
});

Deno.test("readSpark() holds every response of a session once", async () => {
  await using home = await filledHome();
  for (const session of reportSessions(home.db).sessions) {
    const sum = readSpark(home.db, session, 7)!.reduce((a, b) => a + b);
    equal(sum, session.assistant_messages, session.session_id);
  }
});

Deno.test("readSpark() asks nothing but an index", async () => {
  await using home = await filledHome();
  const [step] = home.db.prepare(`explain query plan ${SPARK_QUERY}`).all(1, 1, 1, 1);
  match(String(step!.detail), /COVERING INDEX responses_time/);
});
