/**
 * Sessions by platform and by how much happened in them.
 *
 * @module
 */

import type { Database } from "../../database.ts";
import type { UsageQuery } from "../usage_sums.ts";
import { readGoingOn, readSessionsUsage } from "./session_usage.ts";

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
  const projects = new Set<number>(), platforms = new Map<number, number>();
  const depths = { under_10: 0, under_50: 0, under_200: 0, over_200: 0 };
  let edited = 0, churned = 0;
  for (const session of readSessionsUsage(db, readGoingOn(db, query))) {
    const { platform, project, operations, files_edited, files_churned } = session;
    if (project !== null) projects.add(project);
    platforms.set(platform, (platforms.get(platform) ?? 0) + 1);
    if (operations === null) continue;
    depths[depthOf(operations)]++;
    edited += files_edited ?? 0;
    churned += files_churned ?? 0;
  }
  const named = [...platforms].map(([word, count]) =>
    [words.get(word) ?? "other", count] as const
  );
  return {
    shares: {
      projects: projects.size,
      platforms: Object.fromEntries(named.sort(([a], [b]) => a < b ? -1 : 1)),
      depths,
    },
    files_edited: edited,
    files_churned: churned,
  };
}

function depthOf(operations: number): keyof SessionShares["depths"] {
  if (operations < 10) return "under_10";
  if (operations < 50) return "under_50";
  return operations < 200 ? "under_200" : "over_200";
}
