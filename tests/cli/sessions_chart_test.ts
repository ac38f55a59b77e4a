/** Tests of `cli/sessions_chart.ts`. */

import { equal, match } from "node:assert/strict";
import { sessionsChart } from "../../cli/sessions_chart.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { filledHome, ONE } from "../helpers/filled_home.ts";
import { lookOf } from "./charts/looks.ts";
import { SESSION_SORTS } from "../../core/reports/report_choices.ts";

Deno.test("sessionsChart() draws what sessions are sorted by, in their order", async () => {
  await using home = await filledHome();
  const labels = new Map([[ONE, "engine"]]);
  const titles = SESSION_SORTS.map((sort) => {
    const { sessions } = reportSessions(home.db, { sort, labels });
    const [title, ...bars] = sessionsChart(sessions, sort, lookOf(80));
    equal(bars.length, sessions.length);
    return title!.replace(" by session", "");
  });
  equal(new Set(titles).size, titles.length - 3);
  const { sessions } = reportSessions(home.db, { sort: "tools", labels });
  const [title, first] = sessionsChart(sessions, "tools", lookOf(80));
  equal(title, "tool calls by session");
  match(first!, /^ alpha 20\d\d-\d\d-\d\d engine +5 {2}█+$/);
});
