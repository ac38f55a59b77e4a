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
import { countGoingOn, TELLS_NO_TOKENS } from "./session_heads.ts";
import { countedSessions, type Counts, type SessionFilter } from "./sums.ts";

/** Why a number leaves something out: null numbers, and sums of what is known. */
export interface Unknown {
  readonly reason: "not_kept_by_platform" | "off";
  /** Sessions that the number does not hold; null where they are not told apart. */
  readonly sessions: number | null;
  /** Their platforms; null likewise. */
  readonly platforms: readonly string[] | null;
}

/** By the name of the number; empty where all is known. */
export type Unknowns = Readonly<Partial<Record<"tokens" | "cost_usd" | OffTotal, Unknown>>>;

/** Sessions whose tokens their assistant does not keep. */
export interface Untold {
  readonly sessions: number;
  readonly platforms: readonly string[];
}

/** Those that were going on in a period. */
export function readUntold(db: Database, period: Period, filter: SessionFilter): Untold {
  const { sql, parameters } = countedSessions(filter);
  if (sql === countedSessions({}).sql && isKeeper(db)) return untoldHeads(db, period);
  const going = goingOn(period);
  const rows = prepareArrays(
    db,
    `select w.text, count(*) from sessions s join words w on w.id = s.platform
     where ${TELLS_NO_TOKENS} and ${sql} and ${going.sql} group by 1 order by 1`,
  ).all(...parameters, ...going.parameters) as unknown as [string, number][];
  return {
    sessions: rows.reduce((sum, [, count]) => sum + count, 0),
    platforms: rows.map(([platform]) => platform),
  };
}

/** The same of sessions, of each that is such by its number. */
export function readSessionsUntold(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, Untold> {
  const rows = prepareArrays(
    db,
    `select s.id, w.text from sessions s join words w on w.id = s.platform
     where ${TELLS_NO_TOKENS}${ofSessions("s.id", sessions)}`,
  ).all(...among(sessions)) as unknown as [number, string][];
  return new Map(rows.map(([session, text]) => [session, { sessions: 1, platforms: [text] }]));
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
  const sessions = untold?.sessions ?? null;
  if (without === 0 && !sessions) return { unknown: {}, isNothingKnown: false };
  const unknown: Unknown = {
    reason: "not_kept_by_platform",
    sessions,
    platforms: untold?.platforms ?? null,
  };
  return { unknown: { tokens: unknown, cost_usd: unknown }, isNothingKnown: told === 0 };
}

/** The same of what is kept of all sessions. */
function untoldHeads(db: Database, period: Period): Untold {
  const { untold } = countGoingOn(db, period);
  if (untold.size === 0) return { sessions: 0, platforms: [] };
  const words = readWords(db);
  const platforms = new Set(untold.keys().map((platform) => words.get(platform) ?? "other"));
  return {
    sessions: untold.values().reduce((sum, count) => sum + count, 0),
    platforms: [...platforms].sort(),
  };
}
