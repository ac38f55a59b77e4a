/** Tests of `core/reports/tracking_report.ts`. */

import assert from "node:assert/strict";
import { factKey } from "../../../core/fact_key.ts";
import { Privacy } from "../../../core/privacy.ts";
import {
  isDecisionKnown,
  lastEdit,
  reportTracking,
  turnNumber,
} from "../../../core/reports/tracking_report.ts";
import { TrackingEvents } from "../../../core/tracking.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const events = new TrackingEvents(new Privacy(new Uint8Array(32)));
function at(seconds: number, sessionId = "alpha") {
  return { platform: "claude_code", sessionId, at: NOON + seconds * 1000 };
}

Deno.test("reportTracking() counts what was told in a session", async () => {
  await using home = await filledHome();
  await home.tell(
    events.decision(at(1), 1, "edit", 0),
    events.decision(at(2), 2, "fix", 0),
    events.decision(at(3), 3, "fix", 0),
    events.decision(at(3, "beta"), 4, "fix", 0),
    events.outcome(at(4), 1, "rejected", 0),
    events.outcome(at(5), 1, "modified", 0),
    events.outcome(at(6), 2, "accepted", 0),
    events.turn(at(7), 11, "user"),
    events.feedback(at(8), 0, "speed", { rating: 4, characters: 0 }),
    events.feedback(at(8), 1, "speed", { rating: null, characters: 0 }),
  );

  assert.deepEqual(reportTracking(home.db, "claude_code", "alpha"), {
    decisions: 3,
    outcomes: { accepted: 1, rejected: 0, modified: 1 },
    open: 1,
    turns: 1,
    feedback: 2,
    mean_rating: 4,
  });
  assert.equal(reportTracking(home.db, "cursor", "alpha").mean_rating, null);
});

Deno.test("turnNumber() counts the turns of a session up to one", async () => {
  await using home = await filledHome();
  await home.tell(
    events.turn(at(2), 22, "user"),
    events.turn(at(1), 11, "user"),
    events.turn(at(0, "beta"), 33, "user"),
  );
  const number = (turn: number) => turnNumber(home.db, "claude_code", "alpha", turn);

  assert.deepEqual([number(11), number(22), number(33)], [1, 2, undefined]);
});

Deno.test("lastEdit() is the key of the last edit, and isDecisionKnown() knows calls", async () => {
  await using home = await filledHome();

  assert.equal(lastEdit(home.db, "claude_code", "alpha"), factKey("a-t4"));
  assert.equal(lastEdit(home.db, "cursor", "gamma"), undefined);
  assert.deepEqual([factKey("a-t4"), 5].map((key) => isDecisionKnown(home.db, key)), [
    true,
    false,
  ]);
});
