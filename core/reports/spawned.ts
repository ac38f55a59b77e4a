/**
 * How the calls went that started sub-agents, by the type of sub-agent.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { OUTCOMES } from "../session_counts.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { sessionConditions } from "./sums.ts";
import type { UsageQuery } from "./usage_sums.ts";
import { ownEnd } from "../time_facts.ts";

/** The calls of one type of sub-agent. */
export interface Spawned {
  readonly calls: number;
  /** Of those that finished; null without one. */
  readonly ok: Rate | null;
  /** From the call to its result; null where none has one. */
  readonly mean_ms: number | null;
}

type Row = [type: number | null, calls: number, ok: number, failed: number, ms: number | null];

/** By type, those most called first; `other` where no client tells the type. */
export function readSpawned(
  db: Database,
  { period: { from = 0, to }, filter }: UsageQuery,
  words: ReadonlyMap<number, string>,
): Record<string, Spawned> {
  const { sql, parameters } = sessionConditions(filter);
  const count = (outcome: typeof OUTCOMES[number]) =>
    `sum(ifnull(c.outcome, -1) = ${OUTCOMES.indexOf(outcome)})`;
  const rows = prepareArrays(
    db,
    `select a.type, count(*), ${count("ok")}, ${count("failed")}, avg(${
      ownEnd("c", "c.session")
    } - c.at)
     from agent_calls a join tool_calls c on c.key = a.call join sessions s on s.id = a.session
     where c.at >= ? and c.at < ?${sql} group by a.type`,
  ).all(from, to, ...parameters) as unknown as Row[];
  const named = rows.map(([type, calls, ok, failed, ms]): [string, Spawned] => [
    words.get(type ?? -1) ?? "other",
    { calls, ok: wilsonRate(ok, ok + failed), mean_ms: ms === null ? null : Math.round(ms) },
  ]);
  return Object.fromEntries(
    named.sort(([a, x], [b, y]) => y.calls - x.calls || (a < b ? -1 : 1)),
  );
}
