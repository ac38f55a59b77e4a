/** Tests of `core/reports/session_heads.ts`. */

import assert from "node:assert/strict";
import {
  areAllGoingOn,
  areAllWithin,
  countGoingOn,
  headsGoingOn,
  readSessionHeads,
} from "../../../core/reports/session_heads.ts";
import { keptNowhere, makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome, ONE } from "../../helpers/filled_home.ts";

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

Deno.test("areAllGoingOn() is so, when the last one begins before the end", async () => {
  await using home = await filledHome([
    makePrompt({ session: "a", id: "1", at: NOON }),
    makePrompt({ session: "b", id: "2", at: NOON + 1000 }),
    makePrompt({ session: "b", id: "3", at: NOON + 9000 }),
  ]);
  const about = (to: number, from?: number) => {
    const period = { from, to };
    return [areAllGoingOn(home.db, period), areAllWithin(home.db, period)];
  };

  assert.deepEqual(about(NOON + 9001), [true, true]);
  assert.deepEqual(about(NOON + 9000), [true, false]);
  assert.deepEqual(about(NOON + 1000), [false, false]);
  assert.deepEqual(about(NOON + 9001, NOON), [false, false]);
});

Deno.test("countGoingOn() counts by place, whatever came meanwhile", async () => {
  const untold = { session: "u", platform: "cursor", at: NOON };
  await using home = await filledHome([
    makePrompt({ session: "a", id: "1", at: NOON, project: ONE }),
    keptNowhere({ ...untold, id: "2" }),
  ]);
  const counts = (to = NOON + 9e6, from?: number) => {
    const { total, projects, untold } = countGoingOn(home.db, { from, to });
    return [total, [...projects.values()], [...untold.values()]];
  };
  assert.deepEqual(counts(), [2, [1], [1]]);

  await home.tell(makePrompt({ session: "b", id: "3", at: NOON + 5000, project: ONE }));
  await home.tell(keptNowhere({ ...untold, session: "v", id: "4", at: NOON + 5000 }));

  assert.deepEqual(counts(), [4, [2], [2]]);
  assert.deepEqual(counts(NOON + 1), [2, [1], [1]]);
  assert.deepEqual(counts(NOON + 9e6, NOON + 1), [2, [1], [1]]);
});

Deno.test("countGoingOn() names those that wrote no usage, until they do", async () => {
  const mute = { session: "mute", stop: null, at: NOON };
  await using home = await filledHome([
    makeResponse({ id: "1", ...mute }),
    keptNowhere({ id: "2", session: "u", platform: "cursor", at: NOON }),
  ]);
  const { id } = home.db.prepare("select id from sessions where session_id = 'mute'").get()!;
  const silent = () => [...countGoingOn(home.db, { from: undefined, to: NOON + 9e6 }).silent];
  assert.deepEqual(silent(), [id]);

  await home.tell(makeResponse({ id: "3", ...mute, message: "m", output: 1 }));

  assert.deepEqual(silent(), []);
});
