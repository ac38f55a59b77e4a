/** Tests of totals of what is off. */

import { deepEqual, equal } from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { noteMadeWith } from "../../../core/made_with.ts";
import { readOff } from "../../../core/reports/off.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("withoutOff() leaves what was captured, and makes no 0 of what is off", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const totals = () => reportMetrics(home.db, { period: rollingPeriod("all", now), now }).totals;
  const before = totals();
  using db = openWriter(home.path);
  noteMadeWith(db, "off", "git lines nonsense");

  const { git_commits, pull_requests, lines_added, files_touched, unknown } = totals();

  deepEqual(readOff(home.db), ["git", "lines"]);
  deepEqual([before.git_commits, git_commits, pull_requests], [0, null, null]);
  equal(lines_added, before.lines_added);
  equal(files_touched, before.files_touched);
  equal(unknown.git_commits?.reason, "off");
  equal(unknown.lines_added?.reason, "off");
  equal(unknown.files_touched, undefined);
});

Deno.test("readOff() knows none, when nothing was noted", () => {
  using db = openWriter(":memory:");
  deepEqual(readOff(db), []);
});
