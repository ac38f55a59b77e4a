/**
 * What an assistant counts itself, under names of its own: never mixed into what is counted here.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { COMMIT_COUNTS, DAILY_COUNTS, HUNK_COUNTS } from "../session_counts.ts";
import type { Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Pieces of differences that a person judged, and their lines. */
export type ReviewedHunks = Readonly<Record<typeof HUNK_COUNTS[number], number>>;

/** Lines of one day, which is that of the user's own zone. */
export type DailyLines =
  & { readonly day: string }
  & Readonly<Record<typeof DAILY_COUNTS[number], number>>;

/** Code that the assistant tracks. */
export interface TrackedCode {
  /** Lines by source. */
  readonly lines: Readonly<Record<string, number>>;
  readonly commits: number;
  /** Lines of those commits by whom they are. */
  readonly commit_lines: Readonly<Record<typeof COMMIT_COUNTS[number], number>>;
}

/** What the client shows of a session; null where it shows nothing. */
export interface SessionState {
  readonly modes: readonly string[];
  /** How full the context was: a gauge, never a sum. */
  readonly context: {
    readonly tokens_last: number;
    readonly tokens_max: number;
    readonly limit: number | null;
  } | null;
  /** The client's own totals. */
  readonly reported: {
    readonly lines_added: number | null;
    readonly lines_removed: number | null;
    readonly files_changed: number | null;
  } | null;
}

const IS_ESTIMATE = "x.name = (select id from words where text = 'estimated_cost_micros')";

type GaugeRow = [session: number, name: string, last: number, greatest: number];

const DAY_MS = 86_400_000;

/** The states of sessions, of each by its number. */
export function readSessionStates(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, SessionState> {
  const gauges = prepareArrays(
    db,
    `select session, w.text, last, greatest from session_gauges g join words w on w.id = g.name
     where true${ofSessions("session", sessions)}`,
  ).all(...among(sessions)) as unknown as GaugeRow[];
  const modes = prepareArrays(
    db,
    `select session, w.text from session_modes m join words w on w.id = m.mode
     where true${ofSessions("session", sessions)} order by w.text`,
  ).all(...among(sessions)) as unknown as [number, string][];
  const gaugesOf = Map.groupBy(gauges, ([session]) => session);
  const modesOf = Map.groupBy(modes, ([session]) => session);
  return new Map(sessions.map((session) => [
    session,
    stateOf(
      gaugesOf.get(session) ?? [],
      (modesOf.get(session) ?? []).map(([, mode]) => mode),
    ),
  ]));
}

function stateOf(rows: readonly GaugeRow[], modes: readonly string[]): SessionState {
  const gauges = new Map(rows.map(([, name, last, greatest]) => [name, { last, greatest }]));
  const tokens = gauges.get("context_tokens");
  const [added, removed, files] = ["lines_added", "lines_removed", "files_changed"]
    .map((name) => gauges.get(`reported_${name}`)?.last ?? null) as (number | null)[];
  return {
    modes,
    context: tokens === undefined ? null : {
      tokens_last: tokens.last,
      tokens_max: tokens.greatest,
      limit: gauges.get("context_limit")?.last ?? null,
    },
    reported: [added, removed, files].every((count) => count === null) ? null : {
      lines_added: added!,
      lines_removed: removed!,
      files_changed: files!,
    },
  };
}

/** Pieces judged in a period; null where none were told. */
export function readHunks(
  db: Database,
  { from = 0, to }: Period,
  filter: SessionFilter,
): ReviewedHunks | null {
  const { sql, parameters } = sessionConditions(filter);
  const [count, ...sums] = prepareArrays(
    db,
    `select count(*), ${sumsOf(HUNK_COUNTS)} from reviewed_hunks x
     join sessions s on s.id = x.session where x.at >= ? and x.at < ?${sql}`,
  ).get(from, to, ...parameters) as unknown as [number, ...number[]];
  return count === 0 ? null : named(HUNK_COUNTS, sums);
}

/** Pieces judged in sessions, of each by its number; of those of which none were told nothing. */
export function readSessionHunks(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, ReviewedHunks> {
  const rows = prepareArrays(
    db,
    `select x.session, ${sumsOf(HUNK_COUNTS)} from reviewed_hunks x
     where x.at >= 0${ofSessions("x.session", sessions)} group by 1`,
  ).all(...among(sessions)) as unknown as [number, ...number[]][];
  return new Map(rows.map(([session, ...sums]) => [session, named(HUNK_COUNTS, sums)]));
}

/**
 * What the sessions that began in a period cost by the client's own estimate, in millionths of a
 * dollar; null where there is none.
 */
export function readEstimatedMicros(
  db: Database,
  { from = 0, to }: Period,
  filter: SessionFilter,
): number | null {
  const { sql, parameters } = sessionConditions(filter);
  const row = prepareArrays(
    db,
    `select sum(x.greatest) from session_gauges x join sessions s on s.id = x.session
     where ${IS_ESTIMATE} and ifnull(s.started_at, 0) >= ? and ifnull(s.started_at, 0) < ?${sql}`,
  ).get(from, to, ...parameters);
  return (row as unknown as [number | null])[0];
}

/** The same of sessions, of each that has an estimate by its number. */
export function readSessionEstimates(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, number> {
  const rows = prepareArrays(
    db,
    `select x.session, x.greatest from session_gauges x
     where ${IS_ESTIMATE}${ofSessions("x.session", sessions)}`,
  ).all(...among(sessions)) as unknown as [number, number][];
  return new Map(rows);
}

/** Lines by day; null where no assistant counts them, or a filter asks for a part of them. */
export function readDailyLines(
  db: Database,
  { from = 0, to }: Period,
  filter: SessionFilter,
): DailyLines[] | null {
  if (isPart(filter)) return null;
  const { sql, parameters } = sessionConditions(filter);
  const rows = prepareArrays(
    db,
    `select x.at, ${sumsOf(DAILY_COUNTS)} from daily_lines x join sessions s on s.id = x.session
     where x.at >= ? and x.at <= ?${sql} group by 1 order by 1`,
  ).all(dayOf(from), dayOf(to - 1), ...parameters) as unknown as [number, ...number[]][];
  if (rows.length === 0) return null;
  return rows.map(([at, ...counts]) => ({
    day: new Date(at).toISOString().slice(0, 10),
    ...named(DAILY_COUNTS, counts),
  }));
}

/** Code that an assistant tracks; null where none does. */
export function readTrackedCode(
  db: Database,
  { from = 0, to }: Period,
  filter: SessionFilter,
): TrackedCode | null {
  if (isPart(filter)) return null;
  const { sql, parameters } = sessionConditions(filter);
  const of = `join sessions s on s.id = x.session where x.at >= ? and x.at < ?${sql}`;
  const lines = prepareArrays(
    db,
    `select w.text, sum(x.lines) from tracked_lines x join words w on w.id = x.source
     ${of} group by 1 order by 1`,
  ).all(from, to, ...parameters) as unknown as [string, number][];
  const [commits, ...counts] = prepareArrays(
    db,
    `select count(*), ${sumsOf(COMMIT_COUNTS)} from scored_commits x ${of}`,
  ).get(from, to, ...parameters) as unknown as [number, ...number[]];
  if (lines.length === 0 && commits === 0) return null;
  return {
    lines: Object.fromEntries(lines),
    commits,
    commit_lines: named(COMMIT_COUNTS, counts),
  };
}

/** Days and tracked code are of a machine, not of a session. */
function isPart({ project, session, model }: SessionFilter): boolean {
  return [project, session, model].some((value) => value !== undefined);
}

function sumsOf(names: readonly string[]): string {
  return names.map((name) => `ifnull(sum(x.${name}), 0)`).join(", ");
}

function named<Name extends string>(
  names: readonly Name[],
  counts: readonly number[],
): Record<Name, number> {
  return Object.fromEntries(names.map((name, i) => [name, counts[i] ?? 0])) as Record<
    Name,
    number
  >;
}

/** The midnight in UTC of the day that a moment is on for the user. */
function dayOf(time: number): number {
  const at = new Date(time);
  const day = Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  // Beyond the calendar there is no day.
  return Number.isNaN(day) ? Math.floor(time / DAY_MS) * DAY_MS : day;
}
