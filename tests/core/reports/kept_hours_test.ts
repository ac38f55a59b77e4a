/** Tests of `core/reports/kept_hours.ts`; that of what it adds stands with `kept_runs.ts`. */

import assert from "node:assert/strict";
import type { Digests } from "../../../core/reports/digest_rows.ts";
import { type DigestLists, joinNamed } from "../../../core/reports/joined_digests.ts";
import { addHours, type HoursQuery } from "../../../core/reports/kept_hours.ts";
import type { Stretch } from "../../../core/reports/pieces.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000, MINUTE_MS = 60_000, DAY_MS = 24 * HOUR_MS;
const WHOLE = { grouping: undefined, parts: { whole: true, times: true, tools: true } };

Deno.test("addHours() leaves all of a long time", async () => {
  await using home = await filledHome();
  const rest = (from: number) =>
    addHours(home.db, new Map(), { tier: 900, from, to: NOON }, WHOLE);

  assert.deepEqual(rest(NOON - 9 * DAY_MS), [{ tier: 900, from: NOON - 9 * DAY_MS, to: NOON }]);
  assert.deepEqual(rest(NOON - 50 * MINUTE_MS), []);
});

Deno.test("addHours() tells of the first and the last hour what is in the stretch", async () => {
  await using home = await filledHome([
    makePrompt({ id: "a", session: "s1", at: NOON - 2 * MINUTE_MS }),
    makePrompt({ id: "b", session: "s1", at: NOON - MINUTE_MS }),
    makePrompt({ id: "c", session: "s1", at: NOON + MINUTE_MS }),
    makePrompt({ id: "d", session: "s1", at: NOON + 2 * MINUTE_MS }),
  ]);
  const told = (from: number, to: number) => {
    const stretch = { tier: 60, from: NOON + from, to: NOON + to };
    const { inputs, activeMs } = askHours(home, stretch, WHOLE).get("")!;
    return [inputs.get(0)![0], activeMs / MINUTE_MS];
  };

  assert.deepEqual(told(-MINUTE_MS, 2 * MINUTE_MS), [2, 3]);
  assert.deepEqual(told(-MINUTE_MS, MINUTE_MS), [1, 2]);
  assert.deepEqual(told(-2 * MINUTE_MS, 2 * MINUTE_MS), [3, 4]);
});

Deno.test("addHours() reads an hour again when it changed, no sooner", async () => {
  await using home = await filledHome([
    makePrompt({ id: "a", session: "s1", at: NOON - 2 * HOUR_MS }),
    makePrompt({ id: "b", session: "s1", at: NOON }),
  ]);
  const before = hoursOf(home);
  assert.deepEqual(before.map(({ prompts }) => prompts), [1, 1]);

  await home.tell(makePrompt({ id: "c", session: "s1", at: NOON + MINUTE_MS }));

  const after = hoursOf(home);
  assert.deepEqual(after.map(({ prompts }) => prompts), [1, 2]);
  assert.equal(after[0]!.lists[0], before[0]!.lists[0]);
  assert.notEqual(after[1]!.lists[0], before[1]!.lists[0]);
});

Deno.test("addHours() knows whose an hour is, when its session becomes another's", async () => {
  const late = { session: "s1", at: NOON + 2 * HOUR_MS };
  await using home = await filledHome([
    makePrompt({ id: "a", session: "s1", at: NOON }),
    makePrompt({ ...late, id: "b" }),
  ]);
  const places = () => {
    const grouping = { group: "project", by: "project", name: String } as const;
    const stretch = { tier: 900, from: NOON, to: NOON + HOUR_MS };
    return [...askHours(home, stretch, { ...WHOLE, grouping }).keys()];
  };
  assert.deepEqual(places(), ["-1"]);

  // Nothing in its first hour is new.
  await home.tell(makePrompt({ ...late, id: "c", project: "1c8bbfa69a576471" }));

  assert.deepEqual([places().length, places().includes("-1")], [1, false]);
});

/** Of the hours of two prompts. */
function hoursOf(home: FilledHome) {
  return [NOON - 2 * HOUR_MS, NOON].map((at) => {
    const stretch = { tier: 900, from: at, to: at + HOUR_MS };
    const { inputs, sessions } = askHours(home, stretch, WHOLE).get("")!;
    return { prompts: inputs.get(0)![0], lists: sessions.inputs };
  });
}

function askHours({ db }: FilledHome, stretch: Stretch, query: HoursQuery): Digests {
  const digests: Digests = new Map(), lists: DigestLists = new Map();
  addHours(db, lists, stretch, query);
  joinNamed(digests, lists);
  return digests;
}
