/**
 * Reads all sums of whole sessions: of many at once, as to ask for each takes several times as
 * long.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { CALL_COUNTS } from "../fates.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { INPUT_COUNTS, MODEL_COUNTS, type TOOL_COUNTS } from "../session_counts.ts";
import { readSessionActivities } from "./activity.ts";
import type { MemberCounts } from "./digest.ts";
import { type CallKind, searchesOf, sharesOf, toolsOf } from "./digest_parts.ts";
import { readOff } from "./off.ts";
import { readSessionEstimates, readSessionHunks } from "./own_counts.ts";
import { readRewoundTurns } from "./session_tree.ts";
import {
  byName,
  type Counts,
  countsOf,
  inputCounts,
  readRows,
  type Sums,
  type SumTableName,
  wholeSessions,
} from "./sums.ts";
import { readSessionsUntold } from "./unknown.ts";

const NO_CALLS: MemberCounts = new Map();
const NOBODY = { sessions: 0, platforms: [] };

/** The sums of sessions, of each by its number. */
export function readSessionSums(
  db: Database,
  sessions: readonly number[],
  words: ReadonlyMap<number, string>,
): ReadonlyMap<number, Sums> {
  const models = readMembers(db, "model_sums", MODEL_COUNTS, sessions);
  const made = readCalls(db, sessions);
  const inputs = readMembers(db, "input_sums", INPUT_COUNTS, sessions);
  const errors = readMembers(db, "error_sums", INPUT_COUNTS, sessions);
  const activities = readSessionActivities(db, sessions);
  const agents = countAgents(db, sessions);
  const untold = readSessionsUntold(db, sessions);
  const estimates = readSessionEstimates(db, sessions);
  const hunks = readSessionHunks(db, sessions);
  const rewound = readRewoundTurns(db, sessions);
  const off = readOff(db);
  return new Map(sessions.map((session): [number, Sums] => [session, {
    models: namedCounts(models.get(session), MODEL_COUNTS, words),
    tools: toolsOf(made.calls.get(session) ?? NO_CALLS, made.kinds, words),
    inputs: inputCounts((inputs.get(session) ?? []).map(([, kind, count]) => [kind!, count!])),
    errors: byName((errors.get(session) ?? []).map(([, error, count]) => [
      words.get(error!) ?? "other",
      count!,
    ])),
    activity: activities.get(session)!,
    agents: agents.get(session) ?? 0,
    sessions: 1,
    untold: untold.get(session) ?? NOBODY,
    estimatedMicros: estimates.get(session) ?? null,
    hunks: hunks.get(session) ?? null,
    rewound: rewound.get(session) ?? null,
    shares: sharesOf(made.calls.get(session) ?? NO_CALLS, made.kinds),
    searches: searchesOf(made.calls.get(session) ?? NO_CALLS, made.kinds, words),
    off,
  }]));
}

/** What one session did by extension of the file, of calls that name one. */
export function readSessionExtensions(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
): ReadonlyMap<string, Counts<typeof TOOL_COUNTS[number]>> {
  const { calls, kinds } = readCalls(db, [session]);
  return toolsOf(calls.get(session) ?? NO_CALLS, kinds, words, "extension");
}

/** Of each session the counts of its calls by their kind, and what those kinds are. */
function readCalls(db: Database, sessions: readonly number[]) {
  const { sql, parameters } = wholeSessions(sessions);
  // One text of them costs less than half of what as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(x.session, x.kind, x.tool, x.model, x.mode, x.extension,
       ${CALL_COUNTS.map((name) => `x.${name}`).join(", ")})) from kind_sums x where ${sql}`,
  ).get(...parameters) as unknown as [string];
  const calls = new Map<number, MemberCounts>(), kinds = new Map<number, CallKind>();
  for (const [session, kind, ...rest] of JSON.parse(text) as [number, number, ...number[]][]) {
    const [tool, model, mode, extension] = rest as [number, number, number, number];
    kinds.set(kind, { tool, model, mode, extension });
    calls.getOrInsertComputed(session, () => new Map()).set(kind, rest.slice(4));
  }
  return { calls, kinds };
}

type Rows = readonly (readonly (number | null)[])[];

/** Rows of a session, its number, a member and counts in each. */
function readMembers(
  db: Database,
  table: SumTableName,
  columns: readonly string[],
  sessions: readonly number[],
): ReadonlyMap<number, Rows> {
  const rows = readRows(db, table, "x.session, x.member", columns, wholeSessions(sessions));
  return Map.groupBy(rows, ([session]) => session!);
}

function namedCounts<Name extends string>(
  rows: Rows = [],
  names: readonly Name[],
  words: ReadonlyMap<number, string>,
): ReadonlyMap<string, Counts<Name>> {
  return byName(
    rows.map((row) => [words.get(row[1]!) ?? "other", countsOf(names, row, 2)]),
  );
}

function countAgents(db: Database, sessions: readonly number[]): ReadonlyMap<number, number> {
  const rows = prepareArrays(
    db,
    `select session, count(*) from session_agents
     where true${ofSessions("session", sessions)} group by 1`,
  ).all(...among(sessions)) as unknown as [number, number][];
  return new Map(rows);
}
