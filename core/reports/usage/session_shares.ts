/**
 * Sessions by platform and by how much happened in them.
 *
 * @module
 */

import type { Database } from "../../database.ts";
import { partitionPoint } from "../../partition_point.ts";
import type { UsageQuery } from "../usage_sums.ts";
import { readSessionsUsage } from "./session_usage.ts";

/** Sessions that were going on. */
export interface SessionShares {
  /** Projects that were worked on. */
  readonly projects: number;
  /** Sessions by platform. */
  readonly platforms: Readonly<Record<string, number>>;
  /** Sessions by their operations in all. */
  readonly depths: {
    readonly under_10: number;
    readonly under_50: number;
    readonly under_200: number;
    readonly over_200: number;
  };
}

/** The shares, and how many files the sessions edited, and edited over and over. */
export function readSessionUsage(
  db: Database,
  query: UsageQuery,
  words: ReadonlyMap<number, string>,
): { shares: SessionShares; files_edited: number; files_churned: number } {
  const { projects, platforms, known, sums } = readSessionsUsage(db, query);
  const named = [...platforms].map(([word, count]) =>
    [words.get(word) ?? "other", count] as const
  );
  return {
    shares: {
      projects: projects.size,
      platforms: Object.fromEntries(named.sort(([a], [b]) => a < b ? -1 : 1)),
      depths: depthsOf(known.operations),
    },
    ...sums,
  };
}

/** @param operations of each session, the least first */
function depthsOf(operations: readonly number[]): SessionShares["depths"] {
  const under = (bound: number) => partitionPoint(operations, (count) => count < bound);
  const [ten, fifty, twoHundred] = [under(10), under(50), under(200)];
  return {
    under_10: ten,
    under_50: fifty - ten,
    under_200: twoHundred - fifty,
    over_200: operations.length - twoHundred,
  };
}
