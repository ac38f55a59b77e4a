/** Tests of exports that wait for the folder of their session. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { Gate } from "../../capture/gate.ts";
import { HeldExports, SETTLE_MS, UNKNOWN_MS, WAITING_MAX } from "../../capture/held_exports.ts";
import { literal, type SafeText } from "../../core/privacy.ts";
import { makePrompt } from "../helpers/events.ts";

const OUT = "/home/ada/private/deep", IN = "/home/ada/shop";
const ONE = literal("one"), TWO = literal("two");

function open() {
  const gate = new Gate(
    () => ({ paused: false, off: [], exclude: ["~/private"], pauses: [] }),
    "/home/ada",
  );
  return { gate, held: new HeldExports(gate) };
}

function of(session: SafeText, id = "p") {
  return makePrompt({ id, session });
}

Deno.test("HeldExports.take() lets go what is of a known folder, after a while", () => {
  const { gate, held } = open();
  equal(held.hold([of(ONE)], 0), 0);
  deepEqual(held.take(SETTLE_MS), []);
  gate.noteFolder(ONE, IN);
  deepEqual(held.take(SETTLE_MS - 1), []);
  deepEqual(held.take(SETTLE_MS), [of(ONE)]);
  deepEqual(held.take(UNKNOWN_MS), []);
  deepEqual(held.counts, { waiting: 0, excluded: 0, unknown: 0 });
});

Deno.test("HeldExports.take() drops what is of a folder that is left out, told late too", () => {
  const { gate, held } = open();
  gate.noteFolder(ONE, OUT);
  gate.noteFolder(TWO, IN);
  held.hold([of(ONE), of(TWO)], 0);
  deepEqual(held.counts, { waiting: 1, excluded: 1, unknown: 0 });
  // It went there while the event waited.
  gate.noteFolder(TWO, OUT);
  gate.noteFolder(TWO, IN);
  deepEqual(held.take(SETTLE_MS), []);
  deepEqual(held.counts, { waiting: 0, excluded: 2, unknown: 0 });
});

Deno.test("HeldExports.take() drops and counts what nobody tells of in time", () => {
  const { held } = open();
  held.hold([of(ONE)], 1000);
  deepEqual(held.take(999 + UNKNOWN_MS), []);
  equal(held.counts.waiting, 1);
  deepEqual(held.take(1000 + UNKNOWN_MS), []);
  // The clock was set back.
  held.hold([of(ONE)], 5000);
  deepEqual(held.take(4000), []);
  deepEqual(held.counts, { waiting: 0, excluded: 0, unknown: 2 });
});

Deno.test("HeldExports.hold() says for how many there is no room", () => {
  const { held } = open();
  const many = Array.from({ length: WAITING_MAX + 3 }, () => of(ONE));
  equal(held.hold(many, 0), 3);
  equal(held.hold([of(TWO)], 0), 1);
  equal(held.counts.waiting, WAITING_MAX);
});

Deno.test("HeldExports.take() lets nothing go of whom is not known to be elsewhere, ever", () => {
  const session = fc.constantFrom(ONE, TWO, literal("three"));
  const step = fc.record({
    session,
    does: fc.constantFrom("is sent", "works in", "works out", "waits"),
    ms: fc.constantFrom(0, 1000, SETTLE_MS, UNKNOWN_MS),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { gate, held } = open();
      const seenIn = new Set<string>(), seenOut = new Set<string>();
      let now = 0, sent = 0, released = 0;
      for (const { session, does, ms } of steps) {
        if (does === "is sent") sent += 1 - held.hold([of(session, `e${now}`)], now);
        else if (does === "waits") {
          now += ms;
          for (const { sessionId } of held.take(now)) {
            released++;
            equal(seenIn.has(sessionId) && !seenOut.has(sessionId), true);
          }
        } else {
          gate.noteFolder(session, does === "works in" ? IN : OUT);
          (does === "works in" ? seenIn : seenOut).add(session);
        }
      }
      const { waiting, excluded, unknown } = held.counts;
      equal(released + waiting + excluded + unknown, sent);
    }),
    { seed: 11, numRuns: 300 },
  );
});

Deno.test("HeldExports.takeLast() gives of whom it is known, and drops the rest", () => {
  const { gate, held } = open();
  gate.noteFolder(ONE, IN);
  held.hold([of(ONE), of(TWO)], 0);

  deepEqual(held.takeLast().map(({ sessionId }) => sessionId), [ONE]);
  deepEqual(held.counts, { waiting: 0, excluded: 0, unknown: 1 });
});
