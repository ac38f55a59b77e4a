/** Tests of what an export says of itself. */

import { deepEqual, throws } from "node:assert/strict";
import { readTeamHeader } from "../../../cli/team/team_header.ts";
import { teamHeaderOf } from "../../helpers/team_exports.ts";

Deno.test("readTeamHeader() takes whose it is, and of when", () => {
  const { member, from, to, exportedOn, what } = readTeamHeader(
    teamHeaderOf({ member: 7, from: "2026-01-01" }),
  );

  deepEqual([member, from, to], [`${"0".repeat(31)}7`, "2026-01-01", "2026-03-20"]);
  deepEqual([exportedOn, what], ["2026-03-20", "sessions"]);
  deepEqual(readTeamHeader(teamHeaderOf({ member: null })).member, null);
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
    ["a day that is none", { exported_at: "2026-99-99" }, /no export/],
  ] as const
) {
  Deno.test(`readTeamHeader() refuses ${name}`, () => {
    throws(() => readTeamHeader({ ...teamHeaderOf(), ...changed }), reason);
  });
}
