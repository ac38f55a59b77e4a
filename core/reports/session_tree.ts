/**
 * What hangs where in a session: turns that a person took back, and sub-agents under the calls
 * that started them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { among } from "../kept_sessions.ts";
import { OUTCOMES, WEB_SEARCH_MICROS } from "../session_counts.ts";
import { goingOn, type Period } from "./period.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";
import { ownEnd } from "../time_facts.ts";

/** One sub-agent, with what it did itself: what those below it did is theirs. */
export interface Subagent {
  /** Null where nothing tells it. */
  readonly type: string | null;
  /** How the call that started it ended; null where it did not, or is not known. */
  readonly outcome: string | null;
  readonly started_at: string | null;
  /** From its first to its last moment; null without any. */
  readonly duration_ms: number | null;
  readonly responses: number;
  readonly tool_calls: number;
  readonly failed: number;
  /** Null where none of them is kept. */
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly cache_read: number;
    readonly cache_creation: number;
  } | null;
  /** Null where nothing of it has a price. */
  readonly cost_usd: number | null;
  readonly cost_is_lower_bound: boolean | null;
  readonly subagents: readonly Subagent[];
}

/** A sub-agent of the session itself, and when it was started, in milliseconds. */
export interface PlacedSubagent {
  readonly at: number;
  readonly subagent: Subagent;
}

const WORK_OF_COMMANDS = ["slash_command", "bash_input"] as const;

/**
 * SQL of whether the turn `t`, begun by the input `i`, was taken back: a command that set nobody
 * to work leaves nothing to take back. Null where nothing tells it: a client that deletes what is
 * taken back cannot tell of a turn that it was not.
 */
export const IS_REWOUND = `case
  when (t.responses > 0 or ifnull(i.kind, -1) not in (${
  WORK_OF_COMMANDS.map((type) => EVENT_TYPES.indexOf(type)).join(", ")
})) and exists (
    select 1 from rewound_spans r where r.session = t.session and r.from_at <= t.started_at
      and r.to_at > t.started_at) then 1
  when exists (select 1 from prompt_places p where p.session = t.session and p.fleeting = 0)
    then 0 end`;

/** The queries, each with the number of a session: all are answered by an index on it. */
export const TREE_QUERIES = {
  calls: `select a.agent, a.type, c.at, c.agent, c.outcome
    from agent_calls a left join tool_calls c on c.key = a.call
    where a.session = ? and a.agent is not null order by c.at, a.call`,
  known: `select agent from session_agents where session = ?`,
  responses: `select agent, min(at), max(at), count(*), sum(kept = 1), sum(kept = 1 and
      cost is not null), sum(iif(kept = 1, cost, 0)), max(kept = 1 and cost is not null and
      stopped = 0), sum(iif(kept = 1, input, 0)), sum(iif(kept = 1, output, 0)),
      sum(iif(kept = 1, cache_read, 0)), sum(iif(kept = 1, cache_creation, 0))
    from responses where session = ? and agent is not null group by agent`,
  work: `select agent, min(at), max(max(at, ifnull(${
    ownEnd("tool_calls", "?1")
  }, at))), sum(called),
      sum(outcome = ${OUTCOMES.indexOf("failed")}), sum(web_searches)
    from tool_calls where session = ?1 and agent is not null and tool is not null
    group by agent`,
} as const;

/**
 * The query of turns that were taken back, with a list of numbers of sessions. In most of them
 * nothing was: then their turns need not be looked at.
 */
export const REWOUND_QUERY = `select value, case
  when exists (select 1 from rewound_spans r where r.session = value) then (
    select sum(${IS_REWOUND}) from turns t left join inputs i on i.key = t.input
    where t.session = value)
  when exists (select 1 from prompt_places p where p.session = value and p.fleeting = 0)
    and exists (select 1 from turns t where t.session = value) then 0 end
  from json_each(?)`;

type CallRow = [
  agent: number,
  type: number | null,
  at: number | null,
  parent: number | null,
  outcome: number | null,
];

/** Turns of sessions that were taken back, of each by its number; null where nothing tells it. */
export function readRewoundTurns(
  db: Database,
  sessions: readonly number[],
): ReadonlyMap<number, number | null> {
  const rows = prepareArrays(db, REWOUND_QUERY).all(...among(sessions));
  return new Map(rows as unknown as [number, number | null][]);
}

/** Turns that began in a period and were taken back; null where no session of it tells that. */
export function countRewoundTurns(
  db: Database,
  period: Period,
  filter: SessionFilter,
): number | null {
  const { sql, parameters } = sessionConditions(filter), going = goingOn(period);
  const { from = Number.MIN_SAFE_INTEGER, to } = period;
  const [count] = prepareArrays(
    db,
    `select ifnull(sum(${IS_REWOUND}), 0) from turns t join sessions s on s.id = t.session
     left join inputs i on i.key = t.input
     where t.session in (select session from rewound_spans) and t.started_at >= ?
       and t.started_at < ? and s.counted = 1${sql}`,
  ).get(from, to, ...parameters) as unknown as [number];
  if (count > 0) return count;
  // Where no client tells of any place, no session need be looked at.
  const [isTold] = prepareArrays(
    db,
    `select case when exists (select 1 from prompt_places where fleeting = 0) then exists (
       select 1 from sessions s where s.counted = 1 and ${going.sql}${sql} and exists (
         select 1 from prompt_places p where p.session = s.id and p.fleeting = 0)) end`,
  ).get(...going.parameters, ...parameters) as unknown as [number | null];
  return isTold === 1 ? 0 : null;
}

/** The sub-agents of a session itself, each with those below it, the earliest first. */
export function readSubagents(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
): PlacedSubagent[] {
  const read = <Row>(query: keyof typeof TREE_QUERIES) =>
    prepareArrays(db, TREE_QUERIES[query]).all(session) as unknown as Row[];
  const calls = new Map<number, CallRow>();
  for (const row of read<CallRow>("calls")) if (!calls.has(row[0])) calls.set(row[0], row);
  const responses = new Map(read<number[]>("responses").map((row) => [row[0]!, row]));
  const work = new Map(read<number[]>("work").map((row) => [row[0]!, row]));
  const known = read<[number]>("known").map(([agent]) => agent)
    .filter((agent) => responses.has(agent) || work.has(agent));
  const agents = [...new Set([...calls.keys(), ...known])];
  const parentOf = (agent: number) => {
    const parent = calls.get(agent)?.[3] ?? null;
    return parent !== null && agents.includes(parent) ? parent : null;
  };
  const below = Map.groupBy(agents, parentOf);
  const place = (agent: number, above: readonly number[]): PlacedSubagent => {
    const call = calls.get(agent), path = [...above, agent];
    const made = subagentOf(call, responses.get(agent), work.get(agent), words);
    const inner = (below.get(agent) ?? []).filter((other) => !path.includes(other))
      .map((other) => place(other, path)).sort(byTime);
    const at = call?.[2] ?? (made.started_at === null ? 0 : Date.parse(made.started_at));
    return { at, subagent: { ...made, subagents: inner.map(({ subagent }) => subagent) } };
  };
  return (below.get(null) ?? []).map((agent) => place(agent, [])).sort(byTime);
}

function byTime(a: PlacedSubagent, b: PlacedSubagent): number {
  return a.at - b.at || (a.subagent.started_at ?? "").localeCompare(b.subagent.started_at ?? "");
}

function subagentOf(
  call: CallRow | undefined,
  responses: readonly number[] = [],
  work: readonly number[] = [],
  words: ReadonlyMap<number, string>,
): Omit<Subagent, "subagents"> {
  const [, saidAt, lastSaidAt, said = 0, kept = 0, priced = 0, micros = 0, open = 0] = responses;
  const [input = 0, output = 0, cacheRead = 0, cacheCreation = 0] = responses.slice(8);
  const [, workedAt, lastWorkedAt, called = 0, failed = 0, searches = 0] = work;
  const from = Math.min(saidAt ?? Infinity, workedAt ?? Infinity);
  const to = Math.max(lastSaidAt ?? -Infinity, lastWorkedAt ?? -Infinity);
  const isPriced = priced > 0 || said === 0;
  return {
    type: words.get(call?.[1] ?? -1) ?? null,
    outcome: OUTCOMES[call?.[4] ?? -1] ?? null,
    started_at: from === Infinity ? null : new Date(from).toISOString(),
    duration_ms: from === Infinity ? null : to - from,
    responses: said,
    tool_calls: called,
    failed,
    tokens: said > 0 && kept === 0
      ? null
      : { input, output, cache_read: cacheRead, cache_creation: cacheCreation },
    cost_usd: isPriced ? (micros + searches * WEB_SEARCH_MICROS) / 1e6 : null,
    cost_is_lower_bound: isPriced ? open === 1 || priced < said : null,
  };
}
