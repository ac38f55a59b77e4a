/** Tests of `core/reports/session_ids.ts`. */

import assert from "node:assert/strict";
import { findLastSessionId, findSessionIds } from "../../../core/reports/session_ids.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const PROMPTS = ["alph", "alpha", "alpha-2", "alpine", "a_pha"].map((session, i) =>
  makePrompt({ id: `p${i}`, session })
);

Deno.test("findSessionIds() takes an id that is whole for that one alone", async () => {
  await using home = await filledHome(PROMPTS);
  for (const id of ["alph", "alpha", "alpine", "a_pha"]) {
    assert.deepEqual(findSessionIds(home.db, id), [id]);
  }
});

Deno.test("findSessionIds() finds all that begin so, from four characters on", async () => {
  await using home = await filledHome(PROMPTS);
  const found = ["alpha-", "alpi", "al", "", "a_ph", "____", "ALPH", "lpha"]
    .map((text) => findSessionIds(home.db, text));
  assert.deepEqual(found, [["alpha-2"], ["alpine"], [], [], ["a_pha"], [], [], []]);
  await home.tell(
    makePrompt({ id: "q", session: "alpine-2" }),
    makePrompt({ id: "r", session: "alpin" }),
  );
  assert.deepEqual(findSessionIds(home.db, "alpi"), ["alpin", "alpine", "alpine-2"]);
});

Deno.test("findSessionIds() knows nothing that is no session to a user", async () => {
  await using home = await filledHome();
  assert.deepEqual(findSessionIds(home.db, "alpha"), ["alpha"]);
  assert.deepEqual(findSessionIds(home.db, "notes"), []);
});

Deno.test("findSessionIds() finds the last one as such", async () => {
  await using home = await filledHome();
  assert.deepEqual(findSessionIds(home.db, "last"), ["alpha"]);
  await using empty = await filledHome([]);
  assert.deepEqual(findSessionIds(empty.db, "last"), []);
});

Deno.test("findLastSessionId() finds the one with the latest moment", async () => {
  await using home = await filledHome();
  assert.equal(findLastSessionId(home.db), "alpha");
  await home.tell(makePrompt({ id: "late", session: "beta", at: NOON + 200_000 }));
  assert.equal(findLastSessionId(home.db), "beta");
});

Deno.test("findLastSessionId() knows none, where there is none", async () => {
  await using home = await filledHome([]);
  assert.equal(findLastSessionId(home.db), undefined);
});
