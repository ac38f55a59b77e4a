/**
 * What is read: by assistant its files, their lines, and what of them could not be understood.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";

/** The files of one assistant. */
export interface SourceReport {
  readonly platform: string;
  readonly files: number;
  /** Those that are read to their end. */
  readonly files_read: number;
  readonly bytes: number;
  readonly lines: number;
  readonly lines_malformed: number;
  readonly lines_unknown: number;
  /** Milliseconds: when one of them was written last. */
  readonly modified_at: number | null;
  readonly sessions: number;
  /** Milliseconds: its last event. */
  readonly last_at: number | null;
  /** Versions of its client that were seen, the newest first. */
  readonly versions: readonly string[];
}

type Row = [
  platform: string,
  files: number,
  filesRead: number,
  bytes: number,
  lines: number,
  malformed: number,
  unknown: number,
  modifiedAt: number | null,
  sessions: number,
  lastAt: number | null,
  versions: string,
];

/** All that were seen, by name. */
export function reportSources(db: Database): SourceReport[] {
  const rows = prepareArrays(
    db,
    `with files as (
       select platform, count(*) as files, sum(position >= size) as done, sum(size) as bytes,
         sum(lines) as lines, sum(lines_malformed) as malformed, sum(lines_unknown) as unknown,
         max(modified_at) as modified_at
       from sources group by platform
     ), work as (
       select platform, count(*) as sessions, max(ended_at) as last_at
       from sessions where counted = 1 group by platform
     )
     select w.text, ifnull(f.files, 0), ifnull(f.done, 0), ifnull(f.bytes, 0), ifnull(f.lines, 0),
       ifnull(f.malformed, 0), ifnull(f.unknown, 0), f.modified_at, ifnull(s.sessions, 0),
       s.last_at, (select json_group_array(distinct v.text) from session_versions sv
         join sessions one on one.id = sv.session join words v on v.id = sv.version
         where one.platform = w.id)
     from words w left join files f on f.platform = w.id left join work s on s.platform = w.id
     where f.files is not null or s.sessions is not null order by w.text`,
  ).all() as unknown as Row[];
  return rows.map(([platform, files, files_read, bytes, lines, malformed, unknown, ...rest]) => {
    const [modified_at, sessions, last_at, versions] = rest;
    return {
      platform,
      files,
      files_read,
      bytes,
      lines,
      lines_malformed: malformed,
      lines_unknown: unknown,
      modified_at,
      sessions,
      last_at,
      versions: (JSON.parse(versions) as string[]).sort((a, b) =>
        b.localeCompare(a, "en", { numeric: true })
      ),
    };
  });
}
