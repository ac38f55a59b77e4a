/** Tests of `core/reports/usage/session_usage.ts`. */

import assert from "node:assert/strict";
import { type Database, openReader } from "../../../../core/database.ts";
import {
  readGoingOn,
  readSessionsUsage,
  type SessionsUsage,
} from "../../../../core/reports/usage/session_usage.ts";
import { makePrompt, NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";

const DAY_MS = 86_400_000;

Deno.test("readGoingOn() knows when there are no others", async () => {
  await using home = await filledHome();
  using once = openReader(home.path, "once")!;
  for (const db of [home.db, once]) {
    const ask = (from: number | undefined, to: number, filter = {}) => {
      const goingOn = readGoingOn(db, { period: { from, to }, filter, now: NOON });
      return [goingOn.sessions.length, goingOn.isAll];
    };

    assert.deepEqual(ask(undefined, NOON + DAY_MS), [5, true]);
    assert.deepEqual(ask(undefined, NOON - DAY_MS), [2, false]);
    assert.deepEqual(ask(NOON - 2 * DAY_MS, NOON + 1), [4, false]);
    assert.deepEqual(ask(undefined, NOON + DAY_MS, { platform: "cursor" }), [1, false]);
  }
});

Deno.test("readSessionsUsage() adds up what was done in sessions", async () => {
  await using home = await filledHome();
  const period = { from: undefined, to: NOON - DAY_MS };

  const { platforms, projects, known } = readSessionsUsage(home.db, {
    period,
    filter: {},
    now: NOON,
  });

  assert.deepEqual([...platforms.values()], [1, 1]);
  assert.deepEqual([known.operations, known.files_edited], [[3, 3], [0, 0]]);
  assert.equal(projects.size, 1);
});

Deno.test("readSessionsUsage() tells the same of all, whether it read them before", async () => {
  await using home = await filledHome();
  const period = { from: undefined, to: NOON + DAY_MS };
  const ask = (db: Database) =>
    structuredClone(readSessionsUsage(db, { period, filter: {}, now: NOON }));
  const before = ask(home.db);

  await home.tell(
    makePrompt({ session: "s1", id: "more", at: NOON }),
    makePrompt({ session: "s9", id: "other", at: NOON, project: "2d9ccfb70b687582" }),
  );

  using once = openReader(home.path, "once")!;
  const sorted = ({ platforms, projects, known }: SessionsUsage) => [
    [...platforms].sort(),
    [...projects].sort(),
    known,
  ];
  assert.deepEqual(sorted(ask(home.db)), sorted(ask(once)));
  assert.notDeepEqual(sorted(ask(home.db)), sorted(before));
});
