/**
 * Sessions by platform and by how much happened in them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../database.ts";
import { sessionsGoingOn, type UsageQuery } from "../usage_sums.ts";

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

type Row = readonly [
  platform: number,
  sessions: number,
  under10: number,
  under50: number,
  under200: number,
  over200: number,
  edited: number,
  churned: number,
];

const BANDS = [
  "u.operations < 10",
  "u.operations >= 10 and u.operations < 50",
  "u.operations >= 50 and u.operations < 200",
  "u.operations >= 200",
];

/** The shares, and how many files the sessions edited, and edited over and over. */
export function readSessionUsage(
  db: Database,
  query: UsageQuery,
  words: ReadonlyMap<number, string>,
): { shares: SessionShares; files_edited: number; files_churned: number } {
  const { sql, parameters } = sessionsGoingOn(query);
  const bands = BANDS.map((band) => `ifnull(sum(${band}), 0)`).join(", ");
  const rows = prepareArrays(
    db,
    `select s.platform, count(*), ${bands}, ifnull(sum(u.files_edited), 0),
       ifnull(sum(u.files_churned), 0)
     from sessions s left join session_usage u on u.session = s.id where ${sql} group by 1`,
  ).all(...parameters) as unknown as Row[];
  const [projects] = prepareArrays(
    db,
    `select count(distinct s.project) from sessions s where ${sql}`,
  ).get(...parameters) as unknown as [number];
  const sum = (place: number) => rows.reduce((all, row) => all + row[place]!, 0);
  const platforms = rows.map(([platform, count]) =>
    [words.get(platform) ?? "other", count] as const
  );
  return {
    shares: {
      projects,
      platforms: Object.fromEntries(platforms.sort(([a], [b]) => a < b ? -1 : 1)),
      depths: { under_10: sum(2), under_50: sum(3), under_200: sum(4), over_200: sum(5) },
    },
    files_edited: sum(6),
    files_churned: sum(7),
  };
}
