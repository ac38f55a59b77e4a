/**
 * What is said where there is nothing to show: that there is none yet, that the filter hides all,
 * or when the latest session was.
 *
 * @module
 */

import { formatAgo } from "../core/format.ts";
import { reportSessions } from "../core/reports/sessions_report.ts";
import { type PeriodOptions, periodTitle } from "./chosen_period.ts";
import type { FilterOptions, ReportContext } from "./with_report.ts";

/** What is said where there is no session: that the filter hides all, or that there is none. */
export function emptyText({ platform, project, session, model }: FilterOptions): string {
  const asked = [platform, project, session, model];
  return asked.every((value) => value === undefined)
    ? "No sessions yet; blueplane doctor tells where they are looked for.\n"
    : "No session matches.\n";
}

/** What is said of a period in which there is none. */
export function nothingText(
  { db, filter }: Pick<ReportContext, "db" | "filter">,
  options: FilterOptions & PeriodOptions,
  now: number,
): string {
  const [latest] = reportSessions(db, { ...filter, limit: 1 }).sessions;
  if (latest === undefined) return emptyText(options);
  const at = latest.ended_at;
  const nothing = `Nothing in this period (${periodTitle(options)})`;
  return at === null
    ? `${nothing}.\n`
    : `${nothing}; the latest session was ${formatAgo(Date.parse(at), now)}, -p all shows it.\n`;
}
