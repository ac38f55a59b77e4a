/**
 * What a report cannot tell, and why: one form for every number and every face.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import type { MODEL_COUNTS } from "../session_counts.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import type { OffTotal } from "./off.ts";
import { goingOn, type Period } from "./period.ts";
import { countGoingOn, IS_UNREAD, TELLS_NO_TOKENS } from "./session_heads.ts";
import { countedSessions, type Counts, type SessionFilter } from "./sums.ts";
import { keepUntilChange } from "./until_change.ts";

/** Why a number leaves something out: null numbers, and sums of what is known. */
export interface Unknown {
  readonly reason: "not_kept_by_platform" | "not_read" | "off";
  /** Sessions that the number does not hold; null where they are not told apart. */
  readonly sessions: number | null;
  /** Their platforms; null likewise. */
  readonly platforms: readonly string[] | null;
}

/** By the name of the number; empty where all is known. */
export type Unknowns = Readonly<Partial<Record<"tokens" | "cost_usd" | OffTotal, Unknown>>>;

/** Sessions of which no tokens are told; null where they are some, and not told apart. */
export interface Untold {
  /** Only where nothing of what all of them wrote was read, as hooks alone tell of them. */
  readonly reason?: "not_read";
  readonly sessions: number | null;
  readonly platforms: readonly string[] | null;
}

interface UntoldOnes {
  readonly untold: Untold;
  readonly silent: ReadonlySet<number>;
  readonly unread: ReadonlySet<number>;
}

/** Some of them. */
export const SOME_UNTOLD: Untold = { sessions: null, platforms: null };

const UNREAD = { reason: "not_read" } as const;

const kept = keepUntilChange<UntoldOnes>(8);

/** Those that were going on in a period. */
export function readUntold(db: Database, period: Period, filter: SessionFilter): Untold {
  return untoldOnes(db, period, filter).untold;
}

/** Numbers of those whose assistant keeps tokens: its counts do not tell that these have none. */
export function readSilent(
  db: Database,
  period: Period,
  filter: SessionFilter,
): ReadonlySet<number> {
  return untoldOnes(db, period, filter).silent;
}

/** Numbers of those of which nothing was read. */
export function readUnread(
  db: Database,
  period: Period,
  filter: SessionFilter,
): ReadonlySet<number> {
  return untoldOnes(db, period, filter).unread;
}

/** Some of them, where any of these sessions is silent. */
export function someUntold(
  sessions: readonly number[],
  silent: ReadonlySet<number>,
  unread: ReadonlySet<number>,
): Untold | null {
  const untold = sessions.filter((session) => silent.has(session));
  if (untold.length === 0) return null;
  const areUnread = untold.every((session) => unread.has(session));
  return { ...(areUnread ? UNREAD : {}), ...SOME_UNTOLD };
}

function untoldOnes(db: Database, period: Period, filter: SessionFilter): UntoldOnes {
  const { sql, parameters } = countedSessions(filter);
  if (sql === countedSessions({}).sql && isKeeper(db)) return untoldHeads(db, period);
  const going = goingOn(period), values = [...parameters, ...going.parameters];
  return kept(db, JSON.stringify([sql, going.sql, values]), () => {
    const rows = prepareArrays(
      db,
      `select w.text, count(*), json_group_array(s.id) filter (where s.tokens_kept = 1),
         json_group_array(s.id) filter (where ${IS_UNREAD})
       from sessions s join words w on w.id = s.platform
       where ${TELLS_NO_TOKENS} and ${sql} and ${going.sql} group by 1 order by 1`,
    ).all(...values) as unknown as [string, number, string, string][];
    const sessions = rows.reduce((sum, [, count]) => sum + count, 0);
    const unread = rows.flatMap(([, , , numbers]) => JSON.parse(numbers) as number[]);
    return {
      untold: {
        ...(sessions > 0 && unread.length === sessions ? UNREAD : {}),
        sessions,
        platforms: rows.map(([platform]) => platform),
      },
      silent: new Set(rows.flatMap(([, , silent]) => JSON.parse(silent) as number[])),
      unread: new Set(unread),
    };
  });
}

/** The same of sessions, of each that is such by its number. */
export function readSessionsUntold(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, Untold> {
  const rows = prepareArrays(
    db,
    `select s.id, w.text, ${IS_UNREAD} from sessions s join words w on w.id = s.platform
     where ${TELLS_NO_TOKENS}${ofSessions("s.id", sessions)}`,
  ).all(...among(sessions)) as unknown as [number, string, 0 | 1][];
  return new Map(rows.map(([session, text, isUnread]) => [
    session,
    { ...(isUnread === 1 ? UNREAD : {}), sessions: 1, platforms: [text] },
  ]));
}

/** What is unknown of models' counts, and whether nothing at all is known of them. */
export function unknownsOf(
  models: Iterable<Counts<typeof MODEL_COUNTS[number]>>,
  untold: Untold | null,
): { readonly unknown: Unknowns; readonly isNothingKnown: boolean } {
  let told = 0, without = 0;
  for (const { messages, messages_without_tokens } of models) {
    told += messages - messages_without_tokens;
    without += messages_without_tokens;
  }
  const hasUntold = untold !== null && untold.sessions !== 0;
  if (without === 0 && !hasUntold) return { unknown: {}, isNothingKnown: false };
  // Where a response tells none, not all of them are such that nothing was read of.
  const reason = without === 0 && untold?.reason || "not_kept_by_platform";
  const unknown: Unknown = { ...untold ?? SOME_UNTOLD, reason };
  return { unknown: { tokens: unknown, cost_usd: unknown }, isNothingKnown: told === 0 };
}

/** The same of what is kept of all sessions. */
function untoldHeads(db: Database, period: Period): UntoldOnes {
  const { untold, silent, unread } = countGoingOn(db, period);
  if (untold.size === 0) return { untold: { sessions: 0, platforms: [] }, silent, unread };
  const words = readWords(db);
  const platforms = new Set(untold.keys().map((platform) => words.get(platform) ?? "other"));
  const sessions = untold.values().reduce((sum, count) => sum + count, 0);
  const reason = unread.size === sessions ? UNREAD : {};
  return { untold: { ...reason, sessions, platforms: [...platforms].sort() }, silent, unread };
}
