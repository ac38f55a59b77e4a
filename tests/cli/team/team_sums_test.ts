/** Tests of adding up rows, and of what is shown of that. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { readTeamRow } from "../../../cli/team/team_columns.ts";
import { TeamSums } from "../../../cli/team/team_sums.ts";
import { SESSION_COLUMNS, teamRow } from "../../helpers/team_exports.ts";

type Given = readonly [member: number | undefined, row: Readonly<Record<string, unknown>>];

function shownOf(rows: readonly Given[], membersMin = 3) {
  const sums = new TeamSums(SESSION_COLUMNS, 10);
  for (const [member, row] of rows) sums.add(readTeamRow(SESSION_COLUMNS, teamRow(row)), member);
  return sums.shown(membersMin);
}

const OF_THREE: Given[] = [0, 1, 2].map((member) => [member, { user_prompts: 10 }]);

Deno.test("TeamSums.shown() adds up what members know, and says of how many that is", () => {
  const { members, totals, groups } = shownOf([...OF_THREE, [0, {}], [2, { kept_value: 0.5 }]]);

  deepEqual([members, totals?.rows], [3, 5]);
  deepEqual(totals?.numbers.user_prompts, { sum: 30, mean: 10, n: 3, members: 3 });
  equal(totals?.numbers.kept_value, null);
  deepEqual(groups.month?.map(({ key, rows }) => [key, rows]), [["2026-03", 5]]);
});

Deno.test("TeamSums.shown() shows nothing of too few members, but how many they are", () => {
  const nobody: Given = [undefined, { user_prompts: 5 }];

  deepEqual(shownOf([...OF_THREE.slice(1), nobody, nobody]), {
    members: 2,
    totals: null,
    groups: { platform: [], models: [], month: [] },
  });
});

Deno.test("TeamSums.shown() counts rows of nobody, who is no member", () => {
  const { members, totals } = shownOf([...OF_THREE, [undefined, { user_prompts: 5 }]]);

  deepEqual([members, totals?.rows], [3, 4]);
  deepEqual(totals?.numbers.user_prompts, { sum: 35, mean: 8.75, n: 4, members: 3 });
});

Deno.test("TeamSums.shown() puts small groups together, so that nothing tells them", () => {
  const other: Given = [3, { user_prompts: 1000, platform: "cursor" }];
  const more: Given[] = [3, 4, 5].map((member) => [member, { platform: "third" }]);

  const { groups } = shownOf([...OF_THREE, other, ...more]);

  // Without the smallest that is shown, the whole less the rest would be the one that is hidden.
  deepEqual(groups.platform?.map(({ key, members }) => [key, members]), [
    ["third", 3],
    [null, 4],
  ]);
});

Deno.test("TeamSums.shown() hides a number that could be told by those beside it", () => {
  const cost = (member: number, month: string, cost_usd: number): Given => [
    member,
    { month, cost_usd },
  ];
  const rows = ["2026-01", "2026-02", "2026-03"].flatMap((month, i) =>
    [0, 1, 2, 3].map((member): Given =>
      i === 2 && member > 0 ? [member, { month }] : cost(member, month, 1)
    )
  );

  const { totals, groups } = shownOf(rows);

  equal(totals?.numbers.cost_usd?.members, 4);
  deepEqual(groups.month?.map(({ numbers }) => numbers.cost_usd?.members ?? null), [
    null,
    4,
    null,
  ]);
});

Deno.test("TeamSums.shown() shows no number of fewer members, and groups are all", () => {
  const row = fc.record({
    user_prompts: fc.option(fc.integer({ min: 0, max: 9 })),
    cost_usd: fc.option(fc.integer({ min: 0, max: 9 })),
    platform: fc.constantFrom("a", "b", "c", null),
    month: fc.constantFrom("2026-01", "2026-02", null),
  });
  const given = fc.tuple(fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }), row);
  fc.assert(
    fc.property(fc.array(given, { maxLength: 40 }), (rows) => {
      const { totals, groups } = shownOf(rows);

      for (const list of Object.values(groups)) {
        ok(list.every(({ members, rows: n }) => members >= 3 && n > 0));
        const numbers = [totals, ...list].flatMap((one) => Object.values(one?.numbers ?? {}));
        ok(numbers.every((number) => number === null || number.members >= 3));
        equal(list.reduce((sum, { rows: n }) => sum + n, 0), totals?.rows ?? 0);
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("TeamSums.shown() takes endlessly many names without end of memory", () => {
  const rows = Array.from({ length: 2000 }, (_, i): Given => [i % 4, { platform: `p${i}` }]);

  const { groups } = shownOf(rows);

  deepEqual(groups.platform?.map(({ key, rows: n }) => [key, n]), [[null, 2000]]);
});
