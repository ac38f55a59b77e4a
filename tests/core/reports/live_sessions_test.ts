/** Tests of `core/reports/live_sessions.ts`. */

import assert from "node:assert/strict";
import {
  liveSessions,
  sessionOfCall,
  sessionWithId,
} from "../../../core/reports/live_sessions.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, ONE, TWO } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;

Deno.test("sessionOfCall() finds the session that recorded a call first", async () => {
  await using home = await filledHome();

  assert.deepEqual(sessionOfCall(home.db, "b-t2"), {
    sessionId: "beta",
    platform: "claude_code",
    project: TWO,
  });
  assert.equal(sessionOfCall(home.db, "a-t1")!.sessionId, "alpha");
  assert.equal(sessionOfCall(home.db, "nothing"), undefined);
});

Deno.test("sessionWithId() takes what is no session for none", async () => {
  await using home = await filledHome();

  assert.equal(sessionWithId(home.db, "gamma")!.platform, "cursor");
  assert.equal(sessionWithId(home.db, "gamma", "claude_code"), undefined);
  assert.equal(sessionWithId(home.db, "notes"), undefined);
});

Deno.test("liveSessions() has those in which something happened, the latest first", async () => {
  await using home = await filledHome();
  const live = (since: number, more = {}) =>
    liveSessions(home.db, { since, ...more }).map(({ sessionId }) => sessionId);

  assert.deepEqual(live(NOON + 60_000), ["alpha"]);
  assert.deepEqual(live(NOON - 3 * HOUR_MS), ["alpha", "zeta", "beta"]);
  assert.deepEqual(live(0, { platform: "cursor" }), ["gamma"]);
  assert.deepEqual(live(0, { projects: [TWO, "x"] }), ["beta"]);
  assert.deepEqual(live(0, { projects: [ONE], platform: "cursor" }), []);
});
