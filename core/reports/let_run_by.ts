/**
 * Who let calls of tools run: a person, a rule, a hook or a mode, as transcripts, hooks and
 * exports tell it.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { DECIDERS } from "../edit_verdict.ts";
import { addCount, among, keepOfSessions, ofCounted } from "../kept_sessions.ts";
import { OUTCOMES } from "../session_counts.ts";
import { readWordNumber } from "../words.ts";
import { countWithin, type Period } from "./period.ts";
import type { SessionFilter } from "./sums.ts";
import { readGoingOn } from "./usage/session_usage.ts";
import { spanned, wholeOfSessions } from "./whole_of_sessions.ts";

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

/** Of most sessions it never changes again. */
const keptCalls = keepOfSessions(read);
/** Of all sessions how many calls each let run. */
const allCounts = wholeOfSessions(
  (db, sessions) =>
    read(db, sessions).entries().map(([session, calls]) => {
      const moments = calls.flatMap(({ times }) => [times[0]!, times.at(-1)!]);
      return [session, spanned(calls, moments)] as const;
    }),
  {
    start(sessions) {
      const counts = new Map<number, number>();
      for (const calls of sessions) addCalls(counts, calls, 1);
      return counts;
    },
    add: (counts, calls) => addCalls(counts, calls, 1),
    remove: (counts, calls) => addCalls(counts, calls, -1),
  },
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
  const counts = allCounts(db, period, filter) ?? countLetRun(db, period, filter);
  if (counts.size === 0) return null;
  return Object.fromEntries(
    WHO_LETS_RUN.map((who) => [who, counts.get(NUMBERS[who]) ?? 0]),
  ) as LetRunBy;
}

function countLetRun(
  db: Database,
  period: Period,
  filter: SessionFilter,
): ReadonlyMap<number, number> {
  const { model } = filter;
  const ofModel = model === undefined ? undefined : readWordNumber(db, model);
  const { sessions } = readGoingOn(db, { period, filter, now: period.to });
  const kept = keptCalls(db, sessions), counts = new Map<number, number>();
  for (const session of sessions) {
    for (const { by, of, times } of kept.get(session) ?? []) {
      if (model !== undefined && of !== ofModel) continue;
      addCount(counts, by, countWithin(times, period));
    }
  }
  return counts;
}

function addCalls(counts: Map<number, number>, calls: readonly LetRun[], sign: 1 | -1): void {
  for (const { by, times } of calls) addCount(counts, by, sign * times.length);
}

/** Calls of one session that the same one let run. */
interface LetRun {
  readonly by: number;
  /** The word of their model. */
  readonly of: number | null;
  /** When they were made, the earliest first. */
  readonly times: readonly number[];
}

function read(db: Database, sessions?: readonly number[]): Map<number, LetRun[]> {
  const rows = prepareArrays(
    db,
    `select session, iif(asked = 1, ${DECIDERS.person}, decided_by), model,
       json_group_array(at order by at)
     from tool_calls
     where outcome in (${RAN.join(", ")}) and (asked = 1 or decided_by is not null)
       ${ofCounted("session", sessions)}
     group by 1, 2, 3`,
  ).all(...among(sessions)) as unknown as [number, number, number | null, string][];
  const calls = new Map<number, LetRun[]>();
  for (const [session, by, of, times] of rows) {
    calls.getOrInsertComputed(session, () => [])
      .push({ by, of, times: JSON.parse(times) as number[] });
  }
  return calls;
}
