/**
 * What a session waited for most, and into which phases its work went: in short.
 *
 * @module
 */

import type { Database } from "../database.ts";
import type { Phase } from "../phases.ts";
import { readWords } from "../words.ts";
import { readCriticalPath, waitTitle } from "./critical_path_report.ts";
import { sessionNumber } from "./session_ids.ts";
import { phasesOf } from "./usage/phases.ts";
import { readUsageSums } from "./usage_sums.ts";

/** A few numbers of a session. */
export interface SessionWork {
  /** Milliseconds by what was waited for, the longest first; null where nothing is dated. */
  readonly waited_for_ms: Readonly<Record<string, number>> | null;
  /** Shares of the time of turns, by phase; those that took no time are left out. */
  readonly phase_shares: Readonly<Partial<Record<Phase, number>>>;
}

const NAMED_MAX = 5;
const ALWAYS = { from: undefined, to: Number.MAX_SAFE_INTEGER };

/** The work of a session. */
export function readSessionWork(
  db: Database,
  session: { readonly platform: string; readonly session_id: string },
): SessionWork {
  const path = readCriticalPath(db, sessionNumber(db, session), readWords(db));
  const filter = { platform: session.platform, session: session.session_id };
  const phases = phasesOf(readUsageSums(db, { period: ALWAYS, filter, now: 0 }));
  return {
    waited_for_ms: path && Object.fromEntries(
      path.waited_for.slice(0, NAMED_MAX).map((wait) => [waitTitle(wait), wait.ms]),
    ),
    phase_shares: Object.fromEntries(
      Object.entries(phases).flatMap(([phase, { share }]) => share ? [[phase, share]] : []),
    ),
  };
}
