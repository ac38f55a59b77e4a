/** Tests of `cli/session_columns.ts`: what a table of sessions tells. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { sessionColumns } from "../../cli/session_columns.ts";
import { SESSION_SORTS } from "../../core/reports/report_choices.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { filledHome } from "../helpers/filled_home.ts";

const TITLES = {
  recent: "last",
  started: "began",
  duration: "length",
  cost: "cost",
  tokens: "output",
  prompts: "prompts",
  tools: "tools",
  failed: "failed",
  rejected: "refused",
  lines: "lines added",
  acceptance: "accepted",
  project: "project",
} as const;

for (const sort of SESSION_SORTS) {
  Deno.test(`sessionColumns() always shows what is sorted by, when that is ${sort}`, () => {
    const column = sessionColumns(sort).find(({ title }) => title === TITLES[sort]);

    ok(column);
    equal(column.weight, undefined);
  });
}

Deno.test("sessionColumns() has columns of their own for what is sorted by alone", () => {
  const titles = sessionColumns("recent").map(({ title }) => title);

  deepEqual(
    ["began", "failed", "lines added"].filter((title) => titles.includes(title)),
    [],
  );
});

Deno.test("sessionColumns() tells each number of the session that its title names", async () => {
  await using home = await filledHome();
  const [session] = reportSessions(home.db, { sort: "lines" }).sessions;
  const texts = (sort: typeof SESSION_SORTS[number], title: string) =>
    sessionColumns(sort).find((column) => column.title === title)!.text(session!, Date.now());

  equal(texts("lines", "lines added"), String(session!.lines_added));
  equal(texts("failed", "failed"), String(session!.tool_results_by_kind!.failed));
  equal(texts("prompts", "prompts"), String(session!.user_prompts));
});
