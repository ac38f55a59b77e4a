/** Tests of the numbers of an aggregate. */

import assert from "node:assert/strict";
import { teamTitle, teamValue } from "../../../../web/pages/team/team_number.ts";

Deno.test("teamTitle() calls a number as the catalogue does, or by its own words", () => {
  assert.equal(teamTitle("cost_usd"), "cost");
  assert.equal(teamTitle("user_prompts"), "prompts");
  assert.equal(teamTitle("some_new_number"), "some new number");
});

Deno.test("teamValue() shows money and time as such, and a mean of counts with its rest", () => {
  assert.equal(teamValue("cost_usd", 12.345), "$12.35");
  assert.equal(teamValue("active_ms", 90_000), "2 min");
  assert.equal(teamValue("user_prompts", 2.54), "2.5");
  assert.equal(teamValue("user_prompts", null), "–");
});
