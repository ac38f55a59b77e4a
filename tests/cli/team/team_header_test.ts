/** Tests of what an export says of itself. */

import { deepEqual, throws } from "node:assert/strict";
import { monthBeside, readTeamHeader } from "../../../cli/team/team_header.ts";
import { teamHeaderOf } from "../../helpers/team_exports.ts";

Deno.test("readTeamHeader() takes any period of nobody who is a member", () => {
  const told = teamHeaderOf({ member: null, from: "2026-01-10", to: "2026-02-01" });

  const { firstMonth, lastMonth } = readTeamHeader(told);

  deepEqual([firstMonth, lastMonth], ["2026-01", "2026-01"]);
});

Deno.test("readTeamHeader() takes whose it is, and of when", () => {
  const { member, firstMonth, lastMonth, exportedAt, what, scope } = readTeamHeader(
    teamHeaderOf({
      member: 7,
      from: "2026-01-01",
      exportedOn: "2026-03-20T01:02:03.004Z",
      filters: { model: "claude-opus-4-5", platform: "cursor" },
    }),
  );

  deepEqual([member, firstMonth, lastMonth], [`${"0".repeat(31)}7`, "2026-01", "2026-03"]);
  deepEqual([exportedAt, what], [Date.UTC(2026, 2, 20, 1, 2, 3, 4), "sessions"]);
  deepEqual(JSON.stringify(scope), `{"platform":"cursor","model":"claude-opus-4-5"}`);
  deepEqual(readTeamHeader(teamHeaderOf({ member: null })).member, null);
});

Deno.test("monthBeside() goes over the end of a year", () => {
  deepEqual([monthBeside("2026-12", 1), monthBeside("2026-01", -1)], ["2027-01", "2025-12"]);
});

for (
  const [name, changed, reason] of [
    ["what is not anonymous", { anonymized: undefined }, /not anonymous/],
    ["a k of one", { anonymized: { k: 1, method: "microaggregation" } }, /not anonymous/],
    ["what is none of ours", { schema: "other/1" }, /no export/],
    ["another version", { schema: "blueplane.export/9" }, /another version/],
    ["rows that we do not know", { what: "constructor" }, /no export/],
    ["a path for an id", { export_id: "../../etc/passwd" }, /no export/],
    ["a name for a member", { member: "Ada Lovelace" }, /no export/],
    ["no period", { period: null }, /no export/],
    ["a period that runs back", { period: { from: "2026-05-01", to: "2026-04-01" } }, /no expo/],
    ["a part of a month", { period: { from: "2026-02-10", to: "2026-03-01" } }, /whole months/],
    ["half of a month that is over", { period: { from: null, to: "2026-02-10" } }, /whole mon/],
    ["a text for a filter", { filters: { platform: "our secret plan" } }, /no export/],
    ["a filter that we do not know", { filters: { branch: "main" } }, /no export/],
    ["a day that is none", { exported_at: "2026-99-99" }, /no export/],
  ] as const
) {
  Deno.test(`readTeamHeader() refuses ${name}`, () => {
    throws(() => readTeamHeader({ ...teamHeaderOf(), ...changed }), reason);
  });
}
