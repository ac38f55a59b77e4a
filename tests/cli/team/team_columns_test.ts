/** Tests of what of a row goes into an aggregate. */

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { readTeamRow, teamColumns } from "../../../cli/team/team_columns.ts";
import { EXPORTS } from "../../../core/exported.ts";
import { SESSION_COLUMNS, teamRow } from "../../helpers/team_exports.ts";

Deno.test("teamColumns() groups by what an export keeps, but not by projects", () => {
  const groups = Object.fromEntries(EXPORTS.map((what) => [what, teamColumns(what).groups]));

  deepEqual(groups.sessions, ["platform", "models", "month"]);
  deepEqual(groups.metrics, ["month"]);
  deepEqual(groups.conversations, ["platform", "month"]);
  ok(groups.events!.includes("event_type") && groups.events!.includes("month"));
});

Deno.test("teamColumns() adds up counts, and no shares, ratios, flags and largest values", () => {
  const summed = (what: typeof EXPORTS[number], name: string) =>
    teamColumns(what).numbers.find((one) => one.name === name)?.hasSum;

  const sums = ["user_prompts", "tokens_output", "cost_usd", "duration_ms", "lines_added"];
  const others = ["kept_value", "cost_per_kept_line_usd", "context_tokens_max", "cost_coverage"];
  deepEqual(sums.map((name) => summed("sessions", name)), sums.map(() => true));
  deepEqual(others.map((name) => summed("sessions", name)), others.map(() => false));
  deepEqual([summed("metrics", "sessions"), summed("metrics", "error_rate")], [false, false]);
  deepEqual(
    [summed("conversations", "failed"), summed("conversations", "interrupted")],
    [true, false],
  );
});

Deno.test("readTeamRow() takes what it knows, and passes over the rest", () => {
  const row = teamRow({ user_prompts: 3.5, models: "gpt-5 opus", brand_new: { of: "later" } });

  const { keys, numbers } = readTeamRow(SESSION_COLUMNS, row);

  deepEqual(keys, ["claude_code", "gpt-5 opus", "2026-03"]);
  deepEqual(numbers.filter((number) => number !== null), [3.5]);
  equal(numbers.length, SESSION_COLUMNS.numbers.length);
});

for (
  const [name, row, reason] of [
    ["the id of a session", teamRow({ session_id: "a" }), /not anonymous/],
    ["a day", teamRow({ day: "2026-03-04" }), /not anonymous/],
    ["no month", { platform: "cursor" }, /no export/],
    ["no row", 7, /no export/],
    ["a time for a month", teamRow({ month: "2026-03-04" }), /broken/],
    ["a sentence", teamRow({ platform: "rm -rf /home/ada" }), /broken/],
    ["a tag", teamRow({ models: "<script>alert(1)</script>" }), /broken/],
    ["a text for a number", teamRow({ user_prompts: "7" }), /broken/],
    ["a number without end", teamRow({ user_prompts: Infinity }), /broken/],
    ["a list", teamRow({ user_prompts: [1] }), /broken/],
  ] as const
) {
  Deno.test(`readTeamRow() refuses ${name}`, () => {
    throws(() => readTeamRow(SESSION_COLUMNS, row), reason);
  });
}
