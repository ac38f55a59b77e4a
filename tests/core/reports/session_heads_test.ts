/** Tests of `core/reports/session_heads.ts`. */

import assert from "node:assert/strict";
import { headsGoingOn, readSessionHeads } from "../../../core/reports/session_heads.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readSessionHeads() has the latest first, also after one went on", async () => {
  await using home = await filledHome();
  const ids = () => readSessionHeads(home.db).map(({ sessionId }) => sessionId);
  const before = readSessionHeads(home.db);
  assert.deepEqual(ids(), ["alpha", "zeta", "beta", "gamma", "delta"]);

  await home.tell(makePrompt({ session: "delta", id: "new", at: NOON + 3_000_000 }));

  assert.deepEqual(ids(), ["delta", "alpha", "zeta", "beta", "gamma"]);
  assert.equal(before[0]!.sessionId, "alpha");
});

Deno.test("headsGoingOn() are those that began in time and ended no earlier", async () => {
  const [early, late] = [NOON - 3_600_000, NOON];
  await using home = await filledHome([
    makePrompt({ session: "a", id: "1", at: early }),
    makePrompt({ session: "b", id: "2", at: early }),
    makePrompt({ session: "b", id: "3", at: late }),
    makePrompt({ session: "c", id: "4", at: late }),
  ]);
  const ids = (from: number | undefined, to: number) =>
    headsGoingOn(home.db, { from, to }).map(({ sessionId }) => sessionId);

  assert.deepEqual(ids(undefined, late + 1), ["b", "c", "a"]);
  assert.deepEqual(ids(undefined, late), ["b", "a"]);
  assert.deepEqual(ids(early + 1, late), ["b"]);
  assert.deepEqual(ids(late, late + 1), ["b", "c"]);
  assert.deepEqual(ids(late + 1, late + 2), []);
});
