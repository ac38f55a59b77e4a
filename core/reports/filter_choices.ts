/**
 * What reports can be narrowed down to: the platforms, projects and models that were seen.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** Each list in the order in which a person looks through it. */
export interface FilterChoices {
  readonly platforms: readonly string[];
  /** Hashes, those of which something happened last come first. */
  readonly projects: readonly string[];
  readonly models: readonly string[];
}

const PROJECTS_MAX = 100;

/** Reads them. */
export function readFilterChoices(db: Database): FilterChoices {
  const list = (sql: string, ...parameters: number[]) =>
    (prepareArrays(db, sql).all(...parameters) as unknown as [string][]).map(([text]) => text);
  return {
    platforms: list(`select w.text from words w
      where exists (select 1 from sessions s where s.counted = 1 and s.platform = w.id)
      order by w.text`),
    projects: list(
      `select w.text from sessions s join words w on w.id = s.project where s.counted = 1
       group by s.project order by max(s.ended_at) desc, w.text limit ?`,
      PROJECTS_MAX,
    ),
    models: list(`select w.text from words w join (
        select distinct member from model_totals where tier = 0
      ) m on m.member = w.id order by w.text`),
  };
}
