/** Tests of `core/tracking.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeEvent, encodeEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import { Privacy } from "../../core/privacy.ts";
import { decisionId, decisionOf, TrackingEvents } from "../../core/tracking.ts";

const events = new TrackingEvents(new Privacy(new Uint8Array(32)));
const place = { platform: "claude_code", sessionId: "s1", at: 1_800_000_000_000 };

Deno.test("decisionOf() finds the key of a decision by its id", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 31 - 1 }), (key) => {
      assert.equal(decisionOf(decisionId(key)), key);
      assert.equal(decisionId(key).length, "decision-".length + 13);
    }),
    { seed: 1 },
  );
  assert.equal(decisionOf(decisionId(2 ** 52 - 1)), 2 ** 52 - 1);
});

Deno.test("decisionOf() takes the id of a tool call for the key of that call, and no text", () => {
  assert.equal(decisionOf("toolu_01"), factKey("toolu_01"));
  assert.equal(decisionOf("what a person said"), undefined);
  assert.equal(decisionOf(""), undefined);
});

Deno.test("TrackingEvents() makes events with no word that is in no list", () => {
  const secret = "Rename the secret engine";
  const made = [
    events.decision(place, 7, secret, secret.length),
    events.outcome({ ...place, sessionId: `/home/ada/${secret}` }, 7, "modified", 3),
    events.turn(place, 9, secret),
    events.feedback(place, 0, secret, { rating: null, characters: 9 }),
  ];

  const texts = made.map(encodeEvent);

  assert.doesNotMatch(texts.join("\n"), /secret|home|Rename/);
  for (const [i, text] of texts.entries()) assert.deepEqual(decodeEvent(text), made[i]);
  assert.deepEqual(made.map(({ payload }) => payload.kind), [
    "other",
    undefined,
    "other",
    "other",
  ]);
});

Deno.test("TrackingEvents() gives the same fact the same id, and another fact another", () => {
  const ids = [
    events.decision(place, 7, "edit", 0),
    events.decision(place, 7, "edit", 0),
    events.decision(place, 8, "edit", 0),
    events.outcome(place, 7, "accepted", 0),
    events.outcome({ ...place, at: place.at + 1 }, 7, "accepted", 0),
    events.turn({ ...place, sessionId: "s2" }, 7, "user"),
    events.turn(place, 7, "user"),
  ].map(({ eventId }) => eventId);

  assert.equal(ids[0], ids[1]);
  assert.equal(new Set(ids).size, ids.length - 1);
});
