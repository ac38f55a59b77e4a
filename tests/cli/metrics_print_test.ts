/** Tests of how the report of metrics is printed. */

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { isNothing, printMetrics } from "../../cli/metrics_print.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import type { GroupBy } from "../../core/reports/report_choices.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const GLOBALS = { color: true, sync: true };
const FORMATS = ["table", "json", "csv", "markdown"] as const;

Deno.test("printMetrics() prints a report that went through JSON as any other", async () => {
  await using home = await filledHome();
  using machine = tempMachine();
  const now = home.clock.now(), period = { from: undefined, to: now };
  const printed = async (isSent: boolean, groupBy: GroupBy | undefined, all?: true) => {
    const report = reportMetrics(home.db, { period, now, groupBy });
    const told = isSent ? JSON.parse(JSON.stringify(report)) : report;
    const io = recordedIo(machine, []);
    for (const format of FORMATS) {
      const options = { period: "all", groupBy, ...(all ? { all } : {}) };
      await printMetrics(io, GLOBALS, { report: told, options }, format);
    }
    return io.stdout.text;
  };

  for (const groupBy of [undefined, "day", "tool"] as const) {
    equal(await printed(true, groupBy), await printed(false, groupBy), groupBy);
  }
  const all = await printed(true, undefined, true);
  equal(all, await printed(false, undefined, true));
  match(all, /^ context +value$/m);
  doesNotMatch(await printed(true, undefined), /^ context +value$/m);
});

Deno.test("isNothing() says so, when nothing is there now and nothing was before", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const of = (from: number | undefined, to: number) =>
    isNothing(reportMetrics(home.db, { period: { from, to }, now }));

  deepEqual([of(undefined, now), of(0, 1), of(now + 1, now + 2)], [false, true, true]);
});
