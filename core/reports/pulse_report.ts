/**
 * How a session goes just now: its last judged edits and its last finished tool calls, against all
 * that came before them in the same session.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type Rate, wilsonRate } from "./rates.ts";

/** A rate of late, and of before; null where there are too few for either. */
export interface Pulse {
  readonly recent: Rate | null;
  readonly before: Rate | null;
  /**
   * Whether it got worse: surer than chance, by the 95 % intervals of both. Null where either is
   * not known.
   */
  readonly is_worse: boolean | null;
}

/** Both pulses of a session. */
export interface PulseReport {
  /** Of edits that a person judged, those that they let stand. */
  readonly acceptance: Pulse;
  /** Of finished tool calls, those that failed. */
  readonly errors: Pulse;
}

/** What happened in one minute. */
type Minute = [at: number, accepted: number, judged: number, failed: number, finished: number];

/** So many make "of late"; whole minutes are taken, so that it may be some more. */
export const RECENT_MIN = 10;

const MINUTES_QUERY = `select x.bucket, sum(x.edits_accepted),
    sum(x.edits_accepted + x.edits_rejected + x.edits_modified + x.edits_undone),
    sum(x.failed), sum(x.ok + x.failed)
  from tool_sums x join sessions s on s.id = x.session
  where x.tier = 60 and s.session_id = ? and s.platform = (select id from words where text = ?)
    and x.bucket >= s.started_at - 60000
  group by x.bucket order by x.bucket desc`;

/** The pulses of a session. Minutes are kept for a day: of what is older nothing is told. */
export function reportPulse(db: Database, platform: string, sessionId: string): PulseReport {
  const minutes = prepareArrays(db, MINUTES_QUERY).all(
    sessionId,
    platform,
  ) as unknown as Minute[];
  return {
    acceptance: pulseOf(
      minutes.map(([, hits, n]) => [hits, n]),
      (now, then) => now.high < then.low,
    ),
    errors: pulseOf(
      minutes.map(([, , , hits, n]) => [hits, n]),
      (now, then) => now.low > then.high,
    ),
  };
}

/** @param pairs hits and trials by minute, the latest first */
function pulseOf(
  pairs: readonly (readonly [number, number])[],
  isWorse: (now: Rate, then: Rate) => boolean,
): Pulse {
  const recent = { hits: 0, n: 0 }, before = { hits: 0, n: 0 };
  for (const [hits, n] of pairs) {
    const part = recent.n < RECENT_MIN ? recent : before;
    part.hits += hits;
    part.n += n;
  }
  const now = recent.n < RECENT_MIN ? null : wilsonRate(recent.hits, recent.n);
  const then = before.n < RECENT_MIN ? null : wilsonRate(before.hits, before.n);
  return { recent: now, before: then, is_worse: now && then && isWorse(now, then) };
}
