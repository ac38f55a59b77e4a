/**
 * Where and when each session was, in the order in which lists show them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, foldOfSessions, inOrder, ofSessions } from "../kept_sessions.ts";
import type { Period } from "./period.ts";
import { keepUntilChange } from "./until_change.ts";

/** A session that counts, with the numbers of words. */
export interface SessionHead {
  readonly number: number;
  readonly sessionId: string;
  readonly platform: number;
  readonly project: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Whether its assistant keeps tokens. */
  readonly tokensKept: boolean;
}

type Row = [number, string, number, number | null, number | null, number | null, number];

const readOrdered = foldOfSessions(readHeads, inOrder((a, b) => -compareHeads(a, b)));

/** All of them, the latest first, those of no time last. */
export function readSessionHeads(db: Database): readonly SessionHead[] {
  return readOrdered(db).toReversed();
}

const keptGoingOn = keepUntilChange<readonly SessionHead[]>(8);

/** Those that were going on in a period; of no time are those that were at any. */
export function headsGoingOn(db: Database, { from, to }: Period): readonly SessionHead[] {
  return keptGoingOn(db, JSON.stringify([from, to]), () => {
    const all = readOrdered(db), heads: SessionHead[] = [];
    const add = (head: SessionHead) => {
      if (head.startedAt === null || head.startedAt < to) heads.push(head);
    };
    // Those that ended before the period are in one piece, behind those that never did.
    const never = all.findIndex(({ endedAt }) => endedAt !== null);
    const dated = never === -1 ? all.length : never;
    for (let i = all.length - 1; i >= dated && all[i]!.endedAt! >= (from ?? -Infinity); i--) {
      add(all[i]!);
    }
    for (let i = dated - 1; i >= 0; i--) add(all[i]!);
    return heads;
  });
}

/** Less than 0 where the first comes before the second in a list. */
export function compareHeads(a: SessionHead, b: SessionHead): number {
  // The difference of two infinities is no number.
  return (b.endedAt ?? -Infinity) - (a.endedAt ?? -Infinity) ||
    (a.sessionId === b.sessionId ? a.number - b.number : a.sessionId < b.sessionId ? -1 : 1);
}

function readHeads(db: Database, sessions?: readonly number[]): [number, SessionHead][] {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(
       json_array(id, session_id, platform, project, started_at, ended_at, tokens_kept))
     from sessions where counted = 1${ofSessions("id", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  return (JSON.parse(text) as Row[]).map((
    [number, sessionId, platform, project, startedAt, endedAt, kept],
  ) => {
    const tokensKept = kept === 1;
    return [number, { number, sessionId, platform, project, startedAt, endedAt, tokensKept }];
  });
}
