/**
 * How long people took to say yes or no, where hooks told of the question.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Percentiles } from "../durations.ts";
import { among, inOrder, keepOfSessions, ofCounted } from "../kept_sessions.ts";
import { OUTCOMES } from "../session_counts.ts";
import { readWordNumber } from "../words.ts";
import { percentilesOf } from "./latency.ts";
import type { Period } from "./period.ts";
import type { SessionFilter } from "./sums.ts";
import { readGoingOn } from "./usage/session_usage.ts";
import { spanned, wholeOfSessions } from "./whole_of_sessions.ts";

/** A call that was asked about: when it was made, the word of its model, how long one took. */
type Decision = readonly [at: number, model: number | null, ms: number];

/** A transcript's line can be dated a moment behind the hook that speaks of it. */
const SLACK_MS = 2000;
const REJECTED = OUTCOMES.indexOf("rejected");

const TIMES = inOrder<number>((a, b) => a - b);
const keptDecisions = keepOfSessions(read);
/** Of all sessions how long each took, the shortest first. */
const allTimes = wholeOfSessions(
  (db, sessions) =>
    read(db, sessions).entries().map(([session, decisions]) => {
      const times = decisions.map(([, , ms]) => ms);
      return [session, spanned(times, decisions.map(([at]) => at))] as const;
    }),
  {
    start: (sessions) => TIMES.start([...sessions].flat()),
    add: (all, times) => times.forEach((ms) => TIMES.add(all, ms)),
    remove: (all, times) => times.forEach((ms) => TIMES.remove(all, ms)),
  },
);

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
  const whole = allTimes(db, period, filter);
  if (whole) return percentilesOf(whole);
  const { from = 0, to } = period, { model } = filter;
  const { sessions } = readGoingOn(db, { period, filter, now: to });
  const kept = keptDecisions(db, sessions);
  const ofModel = model === undefined ? undefined : readWordNumber(db, model);
  const times: number[] = [];
  for (const session of sessions) {
    for (const [at, of, ms] of kept.get(session) ?? []) {
      if (at >= from && at < to && (model === undefined || of === ofModel)) times.push(ms);
    }
  }
  return percentilesOf(times);
}

function read(db: Database, sessions?: readonly number[]): Map<number, Decision[]> {
  // Questions first, as they are few.
  const rows = prepareArrays(
    db,
    `select x.session, x.at, x.model,
       max(0, x.resolved_at - iif(x.outcome = ${REJECTED}, 0, x.duration_ms) - min(p.at))
     from permission_requests p cross join tool_calls x
       on x.session = p.session and x.tool = p.tool
         and p.at >= x.used_at - ${SLACK_MS} and p.at <= x.resolved_at
     where x.asked = 1 and (x.outcome = ${REJECTED} or x.duration_ms is not null)
       ${ofCounted("p.session", sessions)}
     group by x.key having count(*) = 1`,
  ).all(...among(sessions)) as unknown as [number, ...Decision][];
  const decisions = new Map<number, Decision[]>();
  for (const [session, ...decision] of rows) {
    decisions.getOrInsertComputed(session, () => []).push(decision);
  }
  return decisions;
}
