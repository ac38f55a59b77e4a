/**
 * What is said where there is nothing to show: that there is none yet, that the filter hides all,
 * or when the latest session was.
 *
 * @module
 */

import { formatAgo } from "../core/format.ts";
import { reportSessions } from "../core/reports/sessions_report.ts";
import { emptyText } from "./empty_text.ts";
import { type PeriodOptions, periodTitle } from "./chosen_period.ts";
import type { FilterOptions, ReportContext } from "./with_report.ts";

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
