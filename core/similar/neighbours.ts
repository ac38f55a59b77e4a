/**
 * The sessions that are most alike to what is sought, and which of them went well.
 *
 * @module
 */

import { type Comparable, type Scales, similarityTo } from "./likeness.ts";
import type { SessionOutcome, SessionVector } from "./session_vectors.ts";

/** A session, ready to be compared. */
export interface ComparedSession {
  readonly session: SessionVector;
  readonly comparable: Comparable;
}

/** A session, and how much it is alike. */
export interface Neighbour extends ComparedSession {
  readonly similarity: number;
}

/** Neighbours by how they went. */
export interface SplitNeighbours {
  readonly good: readonly SessionVector[];
  readonly others: readonly SessionVector[];
}

/** Fewer on a side say nothing. */
export const SIDE_MIN = 5;

/** How many the smaller side has. */
export function smallerSide({ good, others }: SplitNeighbours): number {
  return Math.min(good.length, others.length);
}

/** So many of the nearest, then the latest of them first; `sessions` come in that order. */
export function neighboursOf(
  sought: Comparable,
  sessions: readonly ComparedSession[],
  scales: Scales,
  count = Infinity,
): Neighbour[] {
  const similarityOf = similarityTo(sought, scales), near: Neighbour[] = [];
  const cut = () => near.sort((a, b) => b.similarity - a.similarity).splice(count);
  let least = 0;
  for (const { session, comparable } of sessions) {
    const similarity = similarityOf(comparable, least);
    if (similarity === undefined || similarity < least) continue;
    near.push({ session, comparable, similarity });
    if (near.length < 2 * count) continue;
    cut();
    least = near.at(-1)!.similarity;
  }
  cut();
  return near;
}

/**
 * How well a session went, from 0 to 1: the mean of the share of its edits that stand, the share
 * of its calls that did not fail, and 1 ÷ (1 + times at which a person stopped it). Null where it
 * called nothing.
 */
export function successOf(
  { kept, judged, failed, finished, stops }: SessionOutcome,
): number | null {
  if (finished === 0) return null;
  const parts = [
    ...(judged === 0 ? [] : [kept / judged]),
    1 - failed / finished,
    1 / (1 + stops),
  ];
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

/**
 * Those that went better than the middle one, and the others; sessions as good as that are good
 * where too few are better. Sessions that went alike leave a side small, or empty.
 */
export function splitBySuccess(sessions: readonly SessionVector[]): SplitNeighbours {
  const scored = sessions.flatMap((session) => {
    const success = successOf(session.outcome);
    return success === null ? [] : [{ session, success }];
  });
  const middle = scored.map(({ success }) => success)
    .sort((a, b) => a - b)[Math.floor(scored.length / 2)] ?? 0;
  const split = (isGood: (success: number) => boolean): SplitNeighbours => ({
    good: scored.filter(({ success }) => isGood(success)).map(({ session }) => session),
    others: scored.filter(({ success }) => !isGood(success)).map(({ session }) => session),
  });
  const better = split((success) => success > middle);
  return better.good.length < SIDE_MIN ? split((success) => success >= middle) : better;
}
