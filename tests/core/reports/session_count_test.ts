/** Tests of `core/reports/session_count.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { openReader } from "../../../core/database.ts";
import { readSums, type SessionFilter } from "../../../core/reports/sums.ts";
import { readWords } from "../../../core/words.ts";
import { makePrompt, makeResponse, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, OPUS } from "../../helpers/filled_home.ts";

const MINUTE_MS = 60_000, HOUR_MS = 60 * MINUTE_MS;
const FILTERS: readonly SessionFilter[] = [{}, { platform: "claude_code" }];

Deno.test("countSessions() leaves out a session in which nothing was in the period", async () => {
  const at = NOON - 3 * HOUR_MS;
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "idle", at: at - HOUR_MS }),
    makePrompt({ id: "p2", session: "idle", at: at + HOUR_MS }),
    makePrompt({ id: "p3", session: "asked", at }),
    makeResponse({ id: "m1", session: "answered", at, model: OPUS }),
    makeToolUse({ id: "t1", session: "called", at, use: "t1" }),
  ]);
  const now = home.clock.now(), period = { from: at - MINUTE_MS, to: at + MINUTE_MS };
  using reader = openReader(home.path, "once")!;
  const count = (db: typeof home.db, filter: SessionFilter) =>
    readSums(db, period, filter, now, readWords(db)).sessions;

  for (const filter of FILTERS) {
    deepEqual([home.db, reader].map((db) => count(db, filter)), [3, 3]);
  }
  equal(count(home.db, { model: OPUS }), 1);
  equal(count(home.db, { model: HAIKU }), 0);
});
