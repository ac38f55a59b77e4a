/** Tests of `core/reports/advisor.ts`. */

import assert from "node:assert/strict";
import { Advisor } from "../../../core/reports/advisor.ts";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

Deno.test("Advisor() keeps what it read until something is written, then reads anew", async () => {
  await using home = await filledHome(alikeSessions(3).flatMap(({ events }) => events));
  const advisor = new Advisor(home.db);
  const first = advisor.sessions(), learnt = advisor.learnt("acceptance");

  assert.equal(advisor.sessions(), first);
  assert.equal(advisor.learnt("acceptance"), learnt);
  await home.tell(...new Story("new").prompt().call("Edit", { file: "a" }).events);

  assert.equal(advisor.sessions().all.length, first.all.length + 1);
  assert.equal(advisor.learnt("acceptance").counts.edits, learnt.counts.edits + 1);
});
