/**
 * Begins to derive everything again: one transaction deletes what derives from traces, announces
 * the blocks again and notes that; the slow path does the rest, whenever it comes to it.
 *
 * @module
 */

import { type Database, prepareArrays } from "../core/database.ts";
import { noteMadeWith } from "../core/made_with.ts";
import { SessionChanges } from "./derive/session_changes.ts";

/** What was derived again. */
export interface Rebuild {
  /** Those that reports show: what nothing was done in is no session. */
  readonly sessions: number;
  /** Sessions that stay as they are, as not all of their traces are left. */
  readonly kept: number;
  readonly blocks: number;
  readonly events: number;
}

/** What is to be derived again, and what stays; sessions by number. */
export interface BegunRebuild extends Pick<Rebuild, "blocks" | "events"> {
  readonly again: ReadonlySet<number>;
  readonly kept: ReadonlySet<number>;
}

/** A block and its number of events. */
export type ReadableBlock = readonly [id: number, events: number];

/** Tables whose rows belong to one session each and derive from its traces. */
export const DERIVED = [
  "responses",
  "tool_calls",
  "inputs",
  "input_lines",
  "permission_requests",
  "shared_facts",
  "model_sums",
  "call_sums",
  "error_sums",
  "input_sums",
  "active_spans",
  "agent_spans",
  "time_sums",
  "duration_sums",
  "session_versions",
  "session_agents",
  "cost_states",
  "cost_state_models",
  "turns",
  "conversations",
  "insights",
  "attribution_sums",
  "session_starts",
  "usage_sums",
  "session_usage",
  "tool_sequences",
  "workflows",
  "session_gauges",
  "client_states",
  "session_modes",
  "reviewed_hunks",
  "daily_lines",
  "tracked_lines",
  "scored_commits",
  "prompt_places",
  "stray_responses",
  "rewound_spans",
  "file_snapshots",
  "file_changes",
  "commits",
  "agent_calls",
  "tracked_decisions",
  "reported_outcomes",
  "recorded_turns",
  "feedback",
  "api_requests",
  "exported_facts",
  "metric_points",
] as const;

/**
 * Deletes and announces; the caller holds the transaction.
 *
 * A session whose traces are not all left keeps its rows, and so does all its family: the sessions
 * that tell the same facts, as forks do. To those rows the traces add nothing that is not there.
 *
 * @param tables the raw-trace tables
 * @param announce gives the id of the last change that it made
 * @param options the one session that is meant, whose family comes with it; and the archived
 *   blocks that cannot be read
 * @returns undefined when there is no such session
 */
export function beginRebuild(
  db: Database,
  tables: readonly string[],
  announce: (blocks: readonly ReadableBlock[]) => number,
  { sessionId, unreadable = [] }: {
    readonly sessionId?: string | undefined;
    readonly unreadable?: readonly number[];
  } = {},
): BegunRebuild | undefined {
  const sessions = new Set(numbers(db, "select id from sessions"));
  const asked = sessionId === undefined ? sessions : withFamilies(
    db,
    numbers(db, "select id from sessions where session_id = ?", sessionId),
  );
  if (sessionId !== undefined && asked.size === 0) return undefined;
  const incomplete = withFamilies(db, readIncomplete(db, tables, sessions, unreadable));
  const again = asked.difference(incomplete);
  deleteDerived(db, "not in", sessions.difference(again));
  const blocks = readableBlocks(
    db,
    tables,
    sessionId === undefined ? undefined : again,
    unreadable,
  );
  noteRebuild(db, announce(blocks), blocks.length);
  return {
    again,
    kept: asked.difference(again),
    blocks: blocks.length,
    events: blocks.reduce((sum, [, events]) => sum + events, 0),
  };
}

/** What has become of it, once all is derived. */
export function endRebuild(db: Database, { again, kept, blocks, events }: BegunRebuild): Rebuild {
  return { sessions: countShown(db, again), kept: countShown(db, kept), blocks, events };
}

function countShown(db: Database, sessions: ReadonlySet<number>): number {
  return prepareArrays(
    db,
    `select count(*) from sessions
     where counted = 1 and id in (select value from json_each(?))`,
  ).get(listOf(sessions))![0] as number;
}

/**
 * Blocks that can be read: all, or those of some sessions. Those of the archive come first, in its
 * order, as they are read group by group; then those of the database, as they came.
 */
export function readableBlocks(
  db: Database,
  tables: readonly string[],
  sessions: ReadonlySet<number> | undefined,
  unreadable: readonly number[],
): ReadableBlock[] {
  const of = tables.map((table) =>
    `select block from ${table} where session in (select value from json_each(:sessions))`
  ).join(" union ");
  const list = sessions && { sessions: listOf(sessions) };
  const read = (sql: string, lists: Record<string, string>) =>
    prepareArrays(db, sql).all(lists) as unknown as ReadableBlock[];
  const archived = read(
    `select block, sum(events) from archive_blocks a
     where not exists (select 1 from trace_blocks where id = a.block)
       and block not in (select value from json_each(:unreadable))
       ${list ? `and block in (${of})` : ""}
     group by block order by min(part), min(row_group), min(first_row)`,
    { unreadable: JSON.stringify(unreadable), ...list },
  );
  const stored = read(
    `select id, events from trace_blocks ${list ? `where id in (${of})` : ""} order by id`,
    { ...list },
  );
  return [...archived, ...stored];
}

/** Sessions of which some trace, or every one, is in no block that can be read. */
export function readIncomplete(
  db: Database,
  tables: readonly string[],
  sessions: ReadonlySet<number>,
  unreadable: readonly number[],
): ReadonlySet<number> {
  const complete = new Set<number>(), broken = new Set<number>();
  for (const table of tables) {
    const rows = prepareArrays(
      db,
      `with told as materialized (
         select distinct session, block from ${table}
         where session in (select value from json_each(?1)))
       select session, min(
         exists (select 1 from trace_blocks where id = t.block)
         or exists (select 1 from archive_blocks where block = t.block
           and block not in (select value from json_each(?2))))
       from told t group by session`,
    ).all(listOf(sessions), JSON.stringify(unreadable)) as unknown as [number, number][];
    for (const [session, isWhole] of rows) (isWhole ? complete : broken).add(session);
  }
  return sessions.difference(complete).union(broken);
}

/**
 * Sessions with all that are of one family with them: that tell the same facts, or a call and its
 * response, each with one of them.
 */
export function withFamilies(db: Database, sessions: Iterable<number>): ReadonlySet<number> {
  const related = prepareArrays(
    db,
    `select b.session from shared_facts a
     join shared_facts b on b.kind = a.kind and b.key = a.key where a.session = ?1
     union select share_session from tool_calls
     where session = ?1 and share_session is not null
     union select session from tool_calls
     where share_session = ?1 and share_session <> session
     union select c.session from reported_outcomes r
     join tool_calls c on c.key = r.decision where r.session = ?1
     union select r.session from tool_calls c
     join reported_outcomes r on r.decision = c.key where c.session = ?1`,
  );
  const all = new Set<number>();
  const waiting = [...sessions];
  for (let session = waiting.pop(); session !== undefined; session = waiting.pop()) {
    if (all.has(session)) continue;
    all.add(session);
    for (const [other] of related.all(session) as unknown as [number][]) waiting.push(other);
  }
  return all;
}

/** Notes what reports wait for: so many blocks, of which the last has this announcement. */
export function noteRebuild(db: Database, last: number, blocks: number): void {
  noteMadeWith(db, "rebuild", `${last} ${blocks}`);
}

/**
 * Deletes all that derives from the traces of sessions, and of a session all but its name: of
 * those that are `in` the set, or of all that are not, also where there is no such session.
 */
export function deleteDerived(
  db: Database,
  which: "in" | "not in",
  sessions: ReadonlySet<number>,
): void {
  const list = listOf(sessions);
  for (const table of DERIVED) {
    // Without a condition a table is emptied at once.
    if (which === "not in" && sessions.size === 0) db.exec(`delete from ${table}`);
    else {
      db.prepare(`delete from ${table} where session ${which} (select value from json_each(?))`)
        .run(list);
    }
  }
  new SessionChanges(db).put(
    numbers(
      db,
      `select id from sessions where id ${which} (select value from json_each(?))`,
      list,
    ),
  );
  db.prepare(
    `update sessions set project = null, project_at = null, started_at = null, ended_at = null,
       counted = 0, native_at = null
     where id ${which} (select value from json_each(?))`,
  ).run(list);
}

/** The one column that a query asks for. */
export function numbers(db: Database, sql: string, ...parameters: (string | number)[]): number[] {
  const rows = prepareArrays(db, sql).all(...parameters) as unknown as [number][];
  return rows.map(([number]) => number);
}

/** Numbers as SQL takes them by `json_each`. */
export function listOf(numbers: Iterable<number>): string {
  return JSON.stringify([...numbers]);
}
