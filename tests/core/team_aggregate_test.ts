/** Tests of taking an aggregate that somebody else may have made. */

import { deepEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { readTeamAggregate, teamHeadlines } from "../../core/team_aggregate.ts";
import { TEAM } from "../helpers/team_document.ts";

Deno.test("readTeamAggregate() takes what the command writes", () => {
  deepEqual(readTeamAggregate(JSON.parse(JSON.stringify(TEAM))), TEAM);
});

const [PART] = TEAM.parts;

for (
  const [name, changed] of [
    ["another schema", { schema: "blueplane.export/1" }],
    ["no list of parts", { parts: {} }],
    ["an unknown kind", { parts: [{ ...PART, what: "users" }] }],
    ["a text for a count", { parts: [{ ...PART, members: "3" }] }],
    ["less than nothing", { min_members: -1 }],
    ["a tag for a sum", {
      parts: [{ ...PART, totals: { ...PART!.totals, numbers: { a: "<" } } }],
    }],
    ["an endless name", {
      parts: [{ ...PART, totals: { ...PART!.totals, key: "x".repeat(999) } }],
    }],
    ["endlessly many groups", {
      parts: [{ ...PART, groups: { month: Array(20_000).fill(PART!.totals) } }],
    }],
  ] as const
) {
  Deno.test(`readTeamAggregate() refuses ${name}`, () => {
    throws(
      () => readTeamAggregate({ ...TEAM, ...changed }),
      /^TypeError: Cannot open the file: it is no aggregate of a team$/,
    );
  });
}

Deno.test("readTeamAggregate() takes or refuses whatever JSON there is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => throws(() => readTeamAggregate(value), TypeError)),
  );
});

Deno.test("teamHeadlines() names the numbers that are known, and not too many", () => {
  deepEqual(teamHeadlines(PART!), ["user_prompts", "cost_usd"]);
  deepEqual(teamHeadlines(PART!, 1), ["user_prompts"]);
  deepEqual(teamHeadlines(TEAM.parts[1]!), []);
});
