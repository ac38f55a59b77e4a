/**
 * What sessions that went well did more often, or more seldom, than others of their kind.
 *
 * @module
 */

import type { Database } from "../database.ts";
import type { SplitNeighbours } from "./neighbours.ts";
import { type Practice, PRACTICES, readPractices, type Shown } from "./practices.ts";
import type { SessionVector } from "./session_vectors.ts";

/** A practice on both sides: how many sessions have it, of those in which it can be seen. */
export interface StrategyCounts {
  readonly practice: Practice;
  readonly good: number;
  readonly goodOf: number;
  readonly others: number;
  readonly othersOf: number;
}

/** What sessions show takes long to read, and is the same until one is told anew. */
const SHOWN = new WeakMap<SessionVector, Shown>();

/** The counts of each practice. */
export function readStrategies(
  db: Database,
  { good, others }: SplitNeighbours,
  words: ReadonlyMap<number, string>,
): StrategyCounts[] {
  const shownBy = (sessions: SplitNeighbours["good"]) =>
    sessions.map((session) =>
      SHOWN.getOrInsertComputed(session, () => readPractices(db, session.number, words))
    );
  const [goodShown, othersShown] = [shownBy(good), shownBy(others)];
  const count = (shown: ReturnType<typeof shownBy>, name: string, values: readonly unknown[]) =>
    shown.filter((one) => values.includes(one.get(name))).length;
  return PRACTICES.map((practice) => ({
    practice,
    good: count(goodShown, practice.name, [true]),
    goodOf: count(goodShown, practice.name, [true, false]),
    others: count(othersShown, practice.name, [true]),
    othersOf: count(othersShown, practice.name, [true, false]),
  }));
}
