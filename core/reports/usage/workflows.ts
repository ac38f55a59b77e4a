/**
 * The workflows that turns follow, and how those went.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../../database.ts";
import { among, foldOfSessions, ofSessions, type SessionFold } from "../../kept_sessions.ts";
import { foldOfWindows } from "../../kept_windows.ts";
import { type CallPhase, workflowPhases } from "../../phases.ts";
import { WORKFLOW_COUNTS } from "../../session_counts.ts";
import { type Rate, wilsonRate } from "../rates.ts";
import type { UsageQuery } from "../usage_sums.ts";
import { type GoingOn, readGoingOn } from "./session_usage.ts";

/** Turns whose calls went through the same phases. */
export interface Workflow {
  /** In the order in which they first came. */
  readonly phases: readonly CallPhase[];
  readonly turns: number;
  readonly sessions: number;
  /** Turns that ended with an answer, and were not broken off. */
  readonly finished: Rate | null;
  /** Turns in which a person refused a call or interrupted. */
  readonly broken_off: number;
  readonly calls_per_turn: number;
  readonly failed_calls: number;
  /** Of turns whose time is known; null without any. */
  readonly mean_ms: number | null;
}

type Row = readonly [workflow: number, ...counts: number[]];
/** Counts by workflow, how many sessions had it before the others. */
type Sums = Map<number, number[]>;

const SHOWN_MAX = 8;
/** What came once is no habit. */
const TURNS_MIN = 2;

const WORKFLOWS: SessionFold<readonly Row[], Sums> = {
  start: sumsOf,
  add: (sums, rows) => addRows(sums, rows, 1),
  remove: (sums, rows) => addRows(sums, rows, -1),
};
const allWorkflows = foldOfSessions(read, WORKFLOWS);
const workflowsIn = foldOfWindows(read, WORKFLOWS);

/** The workflows with most turns, of sessions that were going on. */
export function readWorkflows(db: Database, query: UsageQuery): Workflow[] {
  const ofTurns = WORKFLOW_COUNTS.indexOf("turns") + 1;
  return [...readSums(db, readGoingOn(db, query))]
    .filter(([, counts]) => counts[ofTurns]! >= TURNS_MIN).map(workflowOf)
    .sort((a, b) => b.turns - a.turns || (a.phases.join() < b.phases.join() ? -1 : 1))
    .slice(0, SHOWN_MAX);
}

function readSums(db: Database, going: GoingOn): Sums {
  if (going.isAll) return isKeeper(db) ? allWorkflows(db) : addedUp(db);
  return workflowsIn(db, going.window, going.sessions);
}

/** Of all sessions, where nothing of each one is kept. */
function addedUp(db: Database): Sums {
  const sums = WORKFLOW_COUNTS.map((name) => `sum(${name})`).join(", ");
  const rows = prepareArrays(
    db,
    `select workflow, count(*), ${sums} from workflows where workflow > 0 group by workflow`,
  ).all() as unknown as Row[];
  return new Map(rows.map(([workflow, ...counts]) => [workflow, counts]));
}

function sumsOf(all: Iterable<readonly Row[]>): Sums {
  const sums: Sums = new Map();
  for (const rows of all) addRows(sums, rows, 1);
  return sums;
}

function addRows(sums: Sums, rows: readonly Row[], times: 1 | -1): void {
  for (const row of rows) {
    const sum = sums.getOrInsertComputed(row[0], () => [0, ...WORKFLOW_COUNTS.map(() => 0)]);
    sum[0]! += times;
    for (let i = 1; i < sum.length; i++) sum[i]! += times * row[i]!;
  }
}

function read(db: Database, sessions?: readonly number[]): Map<number, Row[]> {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(session, workflow, ${WORKFLOW_COUNTS.join(", ")}))
     from workflows where workflow > 0${ofSessions("session", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  const rows = new Map<number, Row[]>();
  for (const [session, ...row] of JSON.parse(text) as (readonly [number, ...Row])[]) {
    rows.getOrInsertComputed(session, () => []).push(row);
  }
  return rows;
}

function workflowOf([workflow, [sessions = 0, ...counts]]: [number, number[]]): Workflow {
  const count = (name: typeof WORKFLOW_COUNTS[number]) => counts[WORKFLOW_COUNTS.indexOf(name)]!;
  const turns = count("turns"), timed = count("timed");
  return {
    phases: workflowPhases(workflow),
    turns,
    sessions,
    finished: wilsonRate(count("finished"), turns),
    broken_off: count("broken_off"),
    calls_per_turn: Math.round(count("calls") / turns * 1e6) / 1e6,
    failed_calls: count("failed"),
    mean_ms: timed === 0 ? null : Math.round(count("turn_ms") / timed),
  };
}
