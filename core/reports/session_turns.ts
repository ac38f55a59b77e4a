/**
 * The turns of one session: when each began, how long it took, what it did and what it cost.
 *
 * @module
 */

import type { ToldCost } from "../cost_text.ts";
import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { partitionPoint } from "../partition_point.ts";
import type { CallPhase } from "../phases.ts";
import type { CallMoment, CallNote, ResponseMoment } from "./session_facts.ts";
import { IS_REWOUND, type PlacedSubagent, type Subagent } from "./session_tree.ts";

/** One turn: from what a person typed to the last answer before they typed again. */
export interface Turn {
  readonly started_at: string;
  /** What was typed: the event type of it. */
  readonly kind: string;
  /** Null where nothing answered, or the time is not kept. */
  readonly duration_ms: number | null;
  /** From the last answer of the turn before; null where there is none. */
  readonly idle_before_ms: number | null;
  readonly responses: number;
  readonly tool_calls: number;
  /** Calls by tool, the most called first; those of sub-agents are in no turn's calls. */
  readonly tools: Readonly<Record<string, number>>;
  /** What its calls were for, in the order in which that first came. */
  readonly phases: readonly CallPhase[];
  readonly failed: number;
  readonly interrupted: boolean;
  /** Whether a person went back to before it; null where no client tells it. */
  readonly rewound: boolean | null;
  /** Those that its calls started, the earliest first. */
  readonly subagents: readonly Subagent[];
  /** Calls about which a person was asked; null where no hook tells of any in the session. */
  readonly permission_requests: number | null;
  /** With what sub-agents did meanwhile; null where nothing of it has a price. */
  readonly cost_usd: number | null;
  readonly cost_is_lower_bound: boolean | null;
  /** Of the session, up to the next turn. */
  readonly cost_so_far_usd: number | null;
  readonly cost_so_far_is_lower_bound: boolean | null;
}

/** The cost up to the next turn, as costs are told. */
export function costSoFar({ cost_so_far_usd, cost_so_far_is_lower_bound }: Turn): ToldCost {
  return { cost_usd: cost_so_far_usd, cost_is_lower_bound: cost_so_far_is_lower_bound };
}

/** What happened in the session, and what is known of all of it. */
export interface TurnFacts {
  readonly responses: readonly ResponseMoment[];
  readonly calls: readonly CallMoment[];
  readonly notes: readonly CallNote[];
  readonly subagents: readonly PlacedSubagent[];
  readonly isCostKnown: boolean;
  readonly arePermissionsKnown: boolean;
}

/** The query, with the number of a session: in the order of the primary key. */
export const TURNS_QUERY =
  `select t.started_at, i.kind, t.duration_ms, t.responses, t.tool_calls, t.failed, t.interrupted,
    ${IS_REWOUND}
  from turns t left join inputs i on i.key = t.input
  where t.session = ? order by t.started_at, t.input`;

type Row = [
  startedAt: number,
  kind: number | null,
  durationMs: number | null,
  responses: number,
  toolCalls: number,
  failed: number,
  interrupted: number,
  rewound: number | null,
];

interface Parts {
  readonly tools: Map<string, number>;
  readonly phases: Set<CallPhase>;
  readonly subagents: Subagent[];
  asked: number;
  micros: number;
  priced: number;
  unpriced: number;
  isLowerBound: boolean;
}

/** The turns of a session, by its number, in their order. */
export function readTurns(db: Database, session: number, facts: TurnFacts): Turn[] {
  const rows = prepareArrays(db, TURNS_QUERY).all(session) as unknown as Row[];
  const [before, ...parts] = partsOf(rows.map(([startedAt]) => startedAt), facts);
  let { micros: soFar, isLowerBound: isOpen } = before!;
  return rows.map((row, i) => {
    const part = parts[i]!;
    soFar += part.micros;
    isOpen ||= part.isLowerBound;
    const [startedAt, kind, durationMs, responses, toolCalls, failed, interrupted, rewound] = row;
    const isPriced = facts.isCostKnown && (part.priced > 0 || part.unpriced === 0);
    return {
      started_at: new Date(startedAt).toISOString(),
      kind: EVENT_TYPES[kind ?? -1] ?? "other",
      duration_ms: durationMs,
      idle_before_ms: idleBetween(rows[i - 1], row),
      responses,
      tool_calls: toolCalls,
      tools: Object.fromEntries(
        [...part.tools].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
      ),
      phases: [...part.phases],
      failed,
      interrupted: interrupted === 1,
      rewound: rewound === null ? null : rewound === 1,
      subagents: part.subagents,
      permission_requests: facts.arePermissionsKnown ? part.asked : null,
      cost_usd: isPriced ? part.micros / 1e6 : null,
      cost_is_lower_bound: isPriced ? part.isLowerBound : null,
      cost_so_far_usd: facts.isCostKnown ? soFar / 1e6 : null,
      cost_so_far_is_lower_bound: facts.isCostKnown ? isOpen : null,
    };
  });
}

/** What happened before the first turn, and in each. */
function partsOf(starts: readonly number[], facts: TurnFacts): Parts[] {
  const parts = [-1, ...starts].map((): Parts => ({
    tools: new Map(),
    phases: new Set(),
    subagents: [],
    asked: 0,
    micros: 0,
    priced: 0,
    unpriced: 0,
    isLowerBound: false,
  }));
  const partAt = (at: number) => parts[countUpTo(starts, at)]!;
  for (const { at, micros, isLowerBound } of facts.responses) {
    const part = partAt(at);
    part.micros += micros ?? 0;
    part[micros === null ? "unpriced" : "priced"]++;
    part.isLowerBound ||= isLowerBound;
  }
  for (const { at, tool, phase } of callsInOrder(facts.calls)) {
    const { tools, phases } = partAt(at);
    tools.set(tool, (tools.get(tool) ?? 0) + 1);
    phases.add(phase);
  }
  for (const { at, subagent } of facts.subagents) partAt(at).subagents.push(subagent);
  for (const { at, wasAsked, searchMicros } of facts.notes) {
    const part = partAt(at);
    part.asked += Number(wasAsked);
    part.micros += searchMicros;
    part.priced += Number(searchMicros > 0);
  }
  return parts;
}

/** Of the main thread; of one moment in an order that hangs on nothing else. */
function callsInOrder(calls: readonly CallMoment[]): CallMoment[] {
  return calls.filter(({ isOfSubagent }) => !isOfSubagent)
    .sort((a, b) => a.at - b.at || nameOf(a).localeCompare(nameOf(b)));
}

function nameOf({ tool, phase }: CallMoment): string {
  return `${tool} ${phase}`;
}

/** How many of the sorted moments are not behind `at`. */
function countUpTo(sorted: readonly number[], at: number): number {
  return partitionPoint(sorted, (moment) => moment <= at);
}

function idleBetween(before: Row | undefined, [startedAt]: Row): number | null {
  const [beganAt, , durationMs] = before ?? [0, null, null];
  return durationMs === null ? null : Math.max(0, startedAt - beganAt - durationMs);
}
