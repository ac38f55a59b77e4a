/** Tests of `core/reports/session_order.ts`: what comes first, and what is left out. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { type OrderQuery, readSessionOrder } from "../../../core/reports/session_order.ts";
import { reportSessions, type Session } from "../../../core/reports/sessions_report.ts";
import { NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome, ONE, TWO } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { SESSION_SORTS } from "../../../core/reports/report_choices.ts";

const VALUES: Readonly<Record<string, (session: Session) => number | null>> = {
  recent: ({ ended_at }) => Date.parse(ended_at!),
  started: ({ started_at }) => Date.parse(started_at!),
  duration: ({ duration_ms }) => duration_ms,
  cost: ({ cost_usd }) => cost_usd,
  tokens: ({ tokens }) => tokens.output,
  prompts: ({ user_prompts }) => user_prompts,
  tools: ({ tool_uses }) => tool_uses,
  failed: ({ tool_results_by_kind }) => tool_results_by_kind!.failed!,
  rejected: ({ tool_results_by_kind }) => tool_results_by_kind!.rejected!,
  lines: ({ lines_added }) => lines_added,
  acceptance: ({ acceptance }) => acceptance.rate,
};
const DURING = { from: NOON - 1000, to: NOON + 1000 };

function ids(home: FilledHome, query: OrderQuery): string[] {
  return reportSessions(home.db, query).sessions.map(({ session_id }) => session_id);
}

Deno.test("readSessionOrder() sorts by what the report says, the most first", async () => {
  await using home = await filledHome();
  const sorts = SESSION_SORTS.filter((sort) => sort !== "project");
  deepEqual(Object.keys(VALUES), sorts);
  for (const sort of sorts) {
    const values = reportSessions(home.db, { sort }).sessions.map(VALUES[sort]!);
    const known = values.filter((value) => value !== null);
    deepEqual(known, known.toSorted((a, b) => b - a), sort);
    // What is not known is last.
    ok(values.slice(known.length).every((value) => value === null), sort);
    ok(new Set(known).size > 1, sort);
    const back = reportSessions(home.db, { sort, order: "asc" }).sessions.map(VALUES[sort]!);
    deepEqual(back.filter((value) => value !== null), known.toReversed(), sort);
    ok(back.slice(known.length).every((value) => value === null), sort);
  }
});

Deno.test("readSessionOrder() gives of each page what the whole list has there", async () => {
  await using home = await filledHome();
  for (const sort of SESSION_SORTS) {
    for (const order of ["asc", "desc"] as const) {
      const { shown, total } = readSessionOrder(home.db, { sort, order });
      ok(total > 3);
      for (let to = 0; to <= total; to++) {
        const page = readSessionOrder(home.db, { sort, order }, [Math.max(0, to - 2), to]);
        deepEqual(page, { shown: shown.slice(Math.max(0, to - 2), to), total });
      }
    }
  }
});

Deno.test("readSessionOrder() sorts projects by the names they have here", async () => {
  await using home = await filledHome();
  const projects = (query: OrderQuery) => [
    ...new Set(
      reportSessions(home.db, { sort: "project", ...query }).sessions.map((s) => s.project_id),
    ),
  ];
  deepEqual(projects({}), [ONE, TWO, null]);
  const labels = new Map([[ONE, "zoo"], [TWO, "ark"]]);
  deepEqual(projects({ labels }), [TWO, ONE, null]);
  deepEqual(projects({ labels, order: "desc" }), [ONE, TWO, null]);
});

Deno.test("readSessionOrder() finds sessions by how the id begins, and by time", async () => {
  await using home = await filledHome();
  deepEqual(ids(home, { idBegins: "al" }), ["alpha"]);
  deepEqual(ids(home, { idBegins: "%" }), []);
  deepEqual(ids(home, { during: DURING }).sort(), ["alpha", "zeta"]);
  const last = { from: NOON + 50_000, to: NOON + 60_000 };
  deepEqual(ids(home, { during: last }), ["alpha"]);
});

Deno.test("readSessionOrder() puts what is not known behind nothing", async () => {
  const { events } = new Story("kept").prompt().response({ output: 0 });
  const unkept = new Story("unkept").wait(5000).prompt().response({ tokens: "not_kept" });
  await using home = await filledHome([...events, ...unkept.events]);
  equal(ids(home, {})[0], "unkept");
  deepEqual(ids(home, { sort: "tokens" }), ["kept", "unkept"]);
  deepEqual(ids(home, { sort: "cost" }), ["kept", "unkept"]);
});

Deno.test("readSessionOrder() leaves out what has fewer accepted edits, or none", async () => {
  await using home = await filledHome();
  const rates = new Map(
    reportSessions(home.db).sessions.map((one) => [
      one.session_id,
      one.acceptance.rate,
    ]),
  );
  const least = (minAcceptance: number) =>
    [...rates].filter(([, rate]) => rate !== null && rate >= minAcceptance).map(([id]) => id);
  deepEqual(ids(home, { minAcceptance: 0 }).sort(), least(0).sort());
  deepEqual(ids(home, { minAcceptance: 0.9 }).sort(), least(0.9).sort());
  equal(least(0).length > least(0.9).length, true);
  const { total, sessions } = reportSessions(home.db, { minAcceptance: 0.9, limit: 1 });
  deepEqual([total, sessions.length], [least(0.9).length, 1]);
});
