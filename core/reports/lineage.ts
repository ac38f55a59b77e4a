/**
 * Where a forked session came from, and what of it was recorded before in another one.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { among, ofSessions } from "../kept_sessions.ts";

/** What a session inherited; its own counts hold none of it. */
export interface Inherited {
  readonly user_prompts: number;
  readonly assistant_messages: number;
  readonly tool_uses: number;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly cache_read: number;
    readonly cache_creation: number;
  };
}

/** Lineage of a session under the names of CONTRACT; null for one that is no fork. */
export interface SessionLineage {
  readonly forked_from: string | null;
  readonly inherited: Inherited | null;
}

/** Facts that a session tells and another one owns. */
const INHERITED = `
  select sf.session, f.session as owner, f.at, 1 as kind, 0 as input, f.input as tokens_in,
    f.output, f.cache_read, f.cache_creation
  from shared_facts sf join responses f on sf.kind = 1 and f.key = sf.key
  where f.session <> sf.session
  union all
  select sf.session, f.session, f.at, 2, 0, 0, 0, 0, 0
  from shared_facts sf join tool_calls f on sf.kind = 2 and f.key = sf.key
  where f.session <> sf.session and f.tool is not null
  union all
  select sf.session, f.session, f.at, 3, f.kind, 0, 0, 0, 0
  from shared_facts sf join inputs f on sf.kind = 3 and f.key = sf.key
  where f.session <> sf.session and f.kind >= 0`;

type Row = [session: number, forkedFrom: string, ...counts: number[]];

/** The lineages of sessions, of each by its number. */
export function readLineages(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, SessionLineage> {
  const rows = prepareArrays(
    db,
    `with inherited as materialized (
       select * from (${INHERITED}) where true${ofSessions("session", sessions)})
     select a.session, (select s.session_id from inherited i join sessions s on s.id = i.owner
         where i.session = a.session order by i.at desc limit 1),
       sum(kind = 3 and input = ${EVENT_TYPES.indexOf("user_prompt")}),
       sum(kind = 1), sum(kind = 2), sum(tokens_in), sum(output), sum(cache_read),
       sum(cache_creation)
     from inherited a group by 1`,
  ).all(...among(sessions)) as unknown as Row[];
  const lineages = new Map(rows.map((row) => [row[0], lineageOf(row)]));
  const none = { forked_from: null, inherited: null };
  return new Map(sessions.map((session) => [session, lineages.get(session) ?? none]));
}

function lineageOf([, forkedFrom, ...counts]: Row): SessionLineage {
  const [prompts, messages, tools, input, output, read, creation] = counts;
  return {
    forked_from: forkedFrom,
    inherited: {
      user_prompts: prompts!,
      assistant_messages: messages!,
      tool_uses: tools!,
      tokens: {
        input: input!,
        output: output!,
        cache_read: read!,
        cache_creation: creation!,
      },
    },
  };
}

/** The query, with the number of a session: whoever repeats a history repeats what was typed. */
export const FORKS_QUERY = `select distinct s.session_id
  from inputs i join shared_facts sf on sf.kind = 3 and sf.key = i.key
    join sessions s on s.id = sf.session
  where i.session = ? and sf.session <> i.session order by s.started_at, 1`;

/** The ids of sessions that were forked from this one, by its number. */
export function readForks(db: Database, session: number): string[] {
  const rows = prepareArrays(db, FORKS_QUERY).all(session) as unknown as [string][];
  return rows.map(([id]) => id);
}

/**
 * Until when the past of each fork goes, which belongs to the session it came from.
 *
 * @param sessions numbers of those that are meant; all of them without it
 */
export function readForkTimes(
  db: Database,
  sessions?: readonly number[],
): ReadonlyMap<number, number> {
  const rows = prepareArrays(
    db,
    `select session, max(at) from (${INHERITED})
     where true${ofSessions("session", sessions)} group by session`,
  ).all(...among(sessions)) as unknown as [number, number][];
  return new Map(rows);
}
