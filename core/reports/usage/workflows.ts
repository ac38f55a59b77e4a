/**
 * The workflows that turns follow, and how those went.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../database.ts";
import { type CallPhase, workflowPhases } from "../../phases.ts";
import { WORKFLOW_COUNTS } from "../../session_counts.ts";
import { type Rate, wilsonRate } from "../rates.ts";
import { sessionConditions } from "../sums.ts";
import { sessionsGoingOn, type UsageQuery } from "../usage_sums.ts";

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

type Row = readonly [workflow: number, sessions: number, ...counts: number[]];

const SHOWN_MAX = 8;
/** What came once is no habit. */
const TURNS_MIN = 2;

/** The workflows with most turns, of sessions that were going on. */
export function readWorkflows(db: Database, query: UsageQuery): Workflow[] {
  const { sql, parameters } = sessionsGoingOn(query);
  // To look up each session costs more than all workflows.
  const isAll = query.period.from === undefined && sessionConditions(query.filter).sql === "";
  const sums = WORKFLOW_COUNTS.map((name) => `sum(x.${name})`).join(", ");
  const rows = prepareArrays(
    db,
    `select x.workflow, count(*), ${sums} from ${
      isAll
        ? "workflows x where x.workflow > 0"
        : `sessions s cross join workflows x on x.session = s.id where x.workflow > 0 and ${sql}`
    } group by x.workflow`,
  ).all(...(isAll ? [] : parameters)) as unknown as Row[];
  return rows.map(workflowOf).filter(({ turns }) => turns >= TURNS_MIN)
    .sort((a, b) => b.turns - a.turns || (a.phases.join() < b.phases.join() ? -1 : 1))
    .slice(0, SHOWN_MAX);
}

function workflowOf([workflow, sessions, ...counts]: Row): Workflow {
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
