/** An aggregate of a team, as the command writes it. */

import type { TeamAggregate, TeamGroup, TeamNumber } from "../../core/team_aggregate.ts";

function number(sum: number | null, n: number): TeamNumber {
  return { sum, mean: sum === null ? 0.5 : sum / n, n, members: 4 };
}

function groupOf(key: string | null, members: number, rows: number): TeamGroup {
  const numbers = { user_prompts: number(4 * rows, rows), cost_usd: null };
  return { key, members, rows, numbers };
}

const TOTALS: TeamGroup = {
  ...groupOf(null, 4, 20),
  numbers: {
    user_prompts: number(80, 20),
    cost_usd: number(12.5, 20),
    kept_value: number(null, 20),
  },
};

/** The document: sessions of four members, and days of too few. */
export const TEAM: TeamAggregate = {
  schema: "blueplane.team/1",
  version: "0.1.0",
  made_on: "2026-03-21",
  min_members: 3,
  filters: {},
  files: {
    given: 4,
    counted: 2,
    replaced: 1,
    refused: [{ file: 4, reason: "it is no export of Blueplane" }],
  },
  parts: [
    {
      what: "sessions",
      members: 4,
      exports: 4,
      exports_without_member: 0,
      totals: TOTALS,
      groups: {
        platform: [groupOf("claude_code", 4, 20)],
        month: [groupOf("2026-03", 3, 15), groupOf(null, 3, 5)],
      },
    },
    {
      what: "metrics",
      members: 2,
      exports: 3,
      exports_without_member: 1,
      totals: null,
      groups: { month: [] },
    },
  ],
};
