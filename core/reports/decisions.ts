/**
 * How long people took to say yes or no, where hooks told of the question.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { OUTCOMES } from "../session_counts.ts";
import type { Percentiles } from "../durations.ts";
import { percentilesOf } from "./latency.ts";
import { goingOn, type Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** A transcript's line can be dated a moment behind the hook that speaks of it. */
const SLACK_MS = 2000;
const REJECTED = OUTCOMES.indexOf("rejected");

/**
 * From the question to the answer: the result's moment, less the time that the call ran. Of calls
 * that ran only those with a known duration count, and of none to which two questions may belong.
 * Null without any.
 */
export function readDecisions(
  db: Database,
  period: Period,
  filter: SessionFilter,
): Percentiles | null {
  const { sql, parameters } = sessionConditions(filter), going = goingOn(period);
  const { from = 0, to } = period;
  const ofModel = filter.model === undefined
    ? ""
    : " and x.model = (select id from words where text = ?)";
  // Of a short time sessions first, as they are few; of all time as the calls lie.
  const join = period.from === undefined ? "join" : "cross join";
  const rows = prepareArrays(
    db,
    `select max(0, x.resolved_at - iif(x.outcome = ${REJECTED}, 0, x.duration_ms) - min(p.at))
     from sessions s ${join} permission_requests p on p.session = s.id
     join tool_calls x on x.session = p.session and x.tool = p.tool
       and p.at >= x.used_at - ${SLACK_MS} and p.at <= x.resolved_at
     where ${going.sql} and x.asked = 1 and x.at >= ? and x.at < ?
       and (x.outcome = ${REJECTED} or x.duration_ms is not null)${sql}${ofModel}
     group by x.key having count(*) = 1`,
  ).all(
    ...going.parameters,
    from,
    to,
    ...parameters,
    ...(filter.model === undefined ? [] : [filter.model]),
  ) as unknown as [number][];
  return percentilesOf(rows.map(([ms]) => ms));
}
