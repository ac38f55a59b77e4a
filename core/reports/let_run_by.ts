/**
 * Who let calls of tools run: a person, a rule, a hook or a mode, as transcripts, hooks and
 * exports tell it.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { DECIDERS } from "../edit_verdict.ts";
import { OUTCOMES } from "../session_counts.ts";
import { goingOn, type Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Who may let a call run, in the order in which they are shown. */
export const WHO_LETS_RUN = ["person", "rule", "hook", "mode", "rule_or_mode"] as const;

/** Calls by who let them run; `rule_or_mode` where the client does not say which of the two. */
export type LetRunBy = Readonly<Record<typeof WHO_LETS_RUN[number], number>>;

const NUMBERS: Readonly<Record<typeof WHO_LETS_RUN[number], number>> = {
  person: DECIDERS.person,
  rule: DECIDERS.rule,
  hook: DECIDERS.hook,
  mode: DECIDERS.mode,
  rule_or_mode: DECIDERS.policy,
};
/** How a call ends that ran. */
const RAN = ["ok", "failed", "interrupted"].map((name) =>
  OUTCOMES.indexOf(name as typeof OUTCOMES[number])
);

/**
 * Counts of a period. Who was asked is a person, whatever else is told of the call.
 *
 * @returns null where nothing tells of any
 */
export function readLetRunBy(
  db: Database,
  period: Period,
  filter: SessionFilter,
): LetRunBy | null {
  const { sql, parameters } = sessionConditions(filter), going = goingOn(period);
  const ofModel = filter.model === undefined
    ? ""
    : " and x.model = (select id from words where text = ?)";
  const join = period.from === undefined ? "join" : "cross join";
  const rows = prepareArrays(
    db,
    `select iif(x.asked = 1, ${DECIDERS.person}, x.decided_by), count(*)
     from sessions s ${join} tool_calls x on x.session = s.id
     where ${going.sql} and x.at >= ? and x.at < ? and x.outcome in (${RAN.join(", ")})
       and (x.asked = 1 or x.decided_by is not null)${sql}${ofModel}
     group by 1`,
  ).all(
    ...going.parameters,
    period.from ?? 0,
    period.to,
    ...parameters,
    ...(filter.model === undefined ? [] : [filter.model]),
  ) as unknown as [number, number][];
  if (rows.length === 0) return null;
  const counts = new Map(rows);
  return Object.fromEntries(
    WHO_LETS_RUN.map((who) => [who, counts.get(NUMBERS[who]) ?? 0]),
  ) as LetRunBy;
}
