/**
 * Sessions by platform and by how much happened in them.
 *
 * @module
 */

import type { Database } from "../../database.ts";
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
  const { projects, platforms, known } = readSessionsUsage(db, query);
  const named = [...platforms].map(([word, count]) =>
    [words.get(word) ?? "other", count] as const
  );
  const sum = (list: readonly number[]) => list.reduce((all, count) => all + count, 0);
  return {
    shares: {
      projects: projects.size,
      platforms: Object.fromEntries(named.sort(([a], [b]) => a < b ? -1 : 1)),
      depths: depthsOf(known.operations),
    },
    files_edited: sum(known.files_edited),
    files_churned: sum(known.files_churned),
  };
}

/** @param operations of each session, the least first */
function depthsOf(operations: readonly number[]): SessionShares["depths"] {
  const under = (bound: number) => {
    const first = operations.findIndex((count) => count >= bound);
    return first === -1 ? operations.length : first;
  };
  return {
    under_10: under(10),
    under_50: under(50) - under(10),
    under_200: under(200) - under(50),
    over_200: operations.length - under(200),
  };
}
