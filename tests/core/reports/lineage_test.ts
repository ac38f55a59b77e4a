/** Tests of `core/reports/lineage.ts`. */

import assert from "node:assert/strict";
import {
  FORKS_QUERY,
  readForks,
  readForkTimes,
  readLineages,
} from "../../../core/reports/lineage.ts";
import { makeEvent, makePrompt, makeResponse, makeToolUse, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";

/** What the fork copies, told by a session. */
function past(session: string) {
  return [
    makePrompt({ id: "p1", session }),
    makeResponse({ id: "l1", session, message: "m1", output: 7, input: 3, at: NOON + 10 }),
    makeToolUse({ id: "u1", session, use: "u1", at: NOON + 20 }),
  ];
}

const family = [
  makeEvent("activity", { id: "n1", session: "old" }, { native_at: NOON - 5 }),
  ...past("old"),
  ...past("new"),
  makeEvent("activity", { id: "n2", session: "new" }, { native_at: NOON + 900 }),
  makeResponse({ id: "l2", session: "new", message: "m2", output: 9, at: NOON + 1000 }),
];

Deno.test("readLineages() tells where a fork came from and what it inherited", async () => {
  await using home = await filledHome(family);

  assert.deepEqual(lineageOf(home, "new"), {
    forked_from: "old",
    inherited: {
      user_prompts: 1,
      assistant_messages: 1,
      tool_uses: 1,
      tokens: { input: 3, output: 7, cache_read: 0, cache_creation: 0 },
    },
  });
});

Deno.test("readForks() names the sessions that began as this one", async () => {
  await using home = await filledHome(family);

  assert.deepEqual(readForks(home.db, numberOf(home, "old")), ["new"]);
  assert.deepEqual(readForks(home.db, numberOf(home, "new")), []);
  const plan = home.db.prepare(`explain query plan ${FORKS_QUERY}`).all(1);
  assert.deepEqual(plan.filter(({ detail }) => String(detail).startsWith("SCAN")), []);
});

Deno.test("readLineages() tells nothing of a session that is no fork", async () => {
  await using home = await filledHome(family);

  const none = { forked_from: null, inherited: null };
  assert.deepEqual(lineageOf(home, "old"), none);
});

Deno.test("readLineages() names the nearest of several ancestors", async () => {
  await using home = await filledHome([
    ...family,
    ...past("third"),
    makeResponse({ id: "l2", session: "third", message: "m2", output: 9, at: NOON + 1000 }),
    makeEvent("activity", { id: "n3", session: "third" }, { native_at: NOON + 2000 }),
  ]);

  const { forked_from, inherited } = lineageOf(home, "third");

  assert.equal(forked_from, "new");
  assert.equal(inherited?.assistant_messages, 2);
});

Deno.test("readForkTimes() tells until when a fork's past goes", async () => {
  await using home = await filledHome(family);

  assert.deepEqual([...readForkTimes(home.db)], [[numberOf(home, "new"), NOON + 20]]);
});

function lineageOf(home: FilledHome, session: string) {
  const number = numberOf(home, session);
  return readLineages(home.db, [number]).get(number)!;
}

function numberOf(home: FilledHome, session: string): number {
  const row = home.db.prepare("select id from sessions where session_id = ?").get(session)!;
  return Number(row.id);
}
