/**
 * A tool that failed again and again, with no other end of its calls in between.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { InsightKind } from "../insight_kinds.ts";
import { OUTCOMES } from "../session_counts.ts";

/** From so many on it is no chance. */
const FAILURES_MIN = 3;

/** The longest row of failures of each tool; n is how often the tool was called. */
export const repeatedFailures: InsightKind = {
  name: "errors.repeated_failures",
  type: "errors",
  // Sub-agents work beside each other, so that their calls make no row. Calls that failed and
  // have as many others before them stand in one.
  sql: `
    with calls as (
      select tool, at, key, outcome is ${OUTCOMES.indexOf("failed")} as failed,
        count(*) over (partition by tool) as n,
        row_number() over (partition by tool order by at, key) as place
      from tool_calls where session = ?1 and side = 0 and tool in (
        select tool from tool_calls
        where session = ?1 and side = 0 and outcome = ${OUTCOMES.indexOf("failed")}
        group by tool having count(*) >= ${FAILURES_MIN})),
    failures as (
      select tool, at, n,
        place - row_number() over (partition by tool order by at, key) as before
      from calls where failed),
    streaks as (
      select tool, min(at) as at, max(at) as until_at, count(*) as count, max(n) as n
      from failures group by tool, before having count(*) >= ${FAILURES_MIN}),
    ranked as (
      select *, row_number() over (partition by tool order by count desc, at) as rank
      from streaks)
    select tool, at, until_at, count, n from ranked where rank = 1`,
  counts: "streak",
  title: (count, tool) => `${tool} failed ${formatCount(count)} times in a row`,
  suggestion: "Interrupt a tool that fails again and again, and say what it lacks: a file, a " +
    "program, a permission",
};
