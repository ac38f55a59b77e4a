/**
 * On whose account responses and calls go: sub-agents, types of agents, skills, servers of tools.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { ATTRIBUTION_COUNTS, ATTRIBUTION_KINDS } from "../session_counts.ts";
import { keptTiers } from "../tiers.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { stretchOf } from "./pieces.ts";
import { type Counts, countsOf, readRows, sessionConditions, whereOf } from "./sums.ts";
import type { PeriodTotals } from "./metrics_report.ts";
import type { UsageQuery } from "./usage_sums.ts";

/** What goes on one account; null where tokens or price are not known. */
export interface Attributed {
  /** Null where nothing is put down to a server of which calls are known. */
  readonly responses: number | null;
  readonly tokens: number | null;
  readonly cost_usd: number | null;
}

/** An account of a user's own naming. */
export interface NamedAttributed extends Attributed {
  /** Its name on this machine, where it can be told. */
  readonly label?: string;
}

/** A server of tools. */
export interface ServerAttributed extends NamedAttributed {
  /** Calls of its tools, whoever made them. */
  readonly tool_uses: number;
}

/** What sub-agents did, and of all that is done. */
export interface SubagentShare extends Attributed {
  readonly tool_uses: number;
  readonly tokens_share: number | null;
  readonly cost_share: number | null;
  readonly tool_uses_share: number | null;
}

/** All accounts by name. */
export interface Attributions {
  readonly subagents: SubagentShare;
  readonly agents: Readonly<Record<string, Attributed>>;
  readonly skills: Readonly<Record<string, Attributed>>;
  readonly servers: Readonly<Record<string, ServerAttributed>>;
  /** Responses by how hard the model was asked to think. */
  readonly efforts: Readonly<Record<string, number>>;
}

/** Names by id, of servers and of what else a user named. */
export type Labels = ReadonlyMap<string, string>;

type Kind = typeof ATTRIBUTION_KINDS[number];
type AttributionCounts = Counts<typeof ATTRIBUTION_COUNTS[number]>;

/** The accounts of a period. */
export function readAttributions(
  db: Database,
  query: UsageQuery,
  totals: PeriodTotals,
  words: ReadonlyMap<number, string>,
  labels: Labels,
): Attributions {
  const rows = readAccounts(db, query);
  const accounts = Map.groupBy(
    rows.map((row) => {
      const [kind, ...name] = (words.get(row[0] ?? -1) ?? "other").split(":");
      const counts = countsOf(ATTRIBUTION_COUNTS, row);
      return { kind: kind as Kind, name: name.join(":"), counts };
    }).sort((a, b) => b.counts.messages - a.counts.messages || (a.name < b.name ? -1 : 1)),
    ({ kind }) => kind,
  );
  const named = <T>(kind: Kind, of: (counts: AttributionCounts, name: string) => T) =>
    Object.fromEntries(
      (accounts.get(kind) ?? []).map(({ name, counts }) => [name, of(counts, name)]),
    );
  const attributed = new Map(
    (accounts.get("server") ?? []).map(({ name, counts }) => [name, counts]),
  );
  const side = accounts.get("side")?.[0]?.counts ?? countsOf(ATTRIBUTION_COUNTS, []);
  return {
    subagents: subagentsOf(side, totals),
    agents: named("agent", attributedOf),
    skills: named("skill", attributedOf),
    servers: serversOf(attributed, readServerCalls(db, totals, words), labels),
    efforts: named("effort", ({ messages }) => messages),
  };
}

/** By the word of the account. */
function readAccounts(db: Database, { period, filter, now }: UsageQuery): (number | null)[][] {
  if (sessionConditions(filter).sql === "") {
    return [...readDigest(db, wholeQuery(period, filter, now)).attributions]
      .map(([member, counts]) => [member, ...counts]);
  }
  const where = whereOf(stretchOf(period, now, keptTiers(db)), filter);
  return readRows(db, "attribution_sums", "x.member", ATTRIBUTION_COUNTS, where);
}

function attributedOf(counts: AttributionCounts): Attributed {
  const isUntold = counts.messages > 0 && counts.messages === counts.messages_without_tokens;
  const isUnpriced = tokensOf(counts) > 0 && counts.priced_tokens === 0;
  return {
    responses: counts.messages,
    tokens: isUntold ? null : tokensOf(counts),
    cost_usd: isUntold || isUnpriced ? null : counts.cost_micros / 1e6,
  };
}

function subagentsOf(counts: AttributionCounts, totals: PeriodTotals): SubagentShare {
  const side = attributedOf(counts);
  const { input, output, cache_read, cache_creation } = totals.tokens;
  const all = input === null
    ? null
    : input + (output ?? 0) + (cache_read ?? 0) + (cache_creation ?? 0);
  return {
    ...side,
    // Where no tokens are kept, none of a sub-agent's are known either.
    tokens: all === null ? null : side.tokens,
    cost_usd: totals.cost_usd === null ? null : side.cost_usd,
    tool_uses: counts.tool_uses,
    tokens_share: share(side.tokens, all),
    cost_share: share(side.cost_usd, totals.cost_usd),
    tool_uses_share: share(counts.tool_uses, totals.tool_uses),
  };
}

/** Servers that responses go on the account of, and those whose tools were called. */
function serversOf(
  attributed: ReadonlyMap<string, AttributionCounts>,
  calls: ReadonlyMap<string, number>,
  labels: Labels,
): Record<string, ServerAttributed> {
  const names = [...new Set([...attributed.keys(), ...calls.keys()])];
  const unknown: Attributed = { responses: null, tokens: null, cost_usd: null };
  return Object.fromEntries(
    names.sort((a, b) => (calls.get(b) ?? 0) - (calls.get(a) ?? 0) || (a < b ? -1 : 1))
      .map((name) => {
        const label = labels.get(name), counts = attributed.get(name);
        return [name, {
          ...(label === undefined ? {} : { label }),
          ...(counts === undefined ? unknown : attributedOf(counts)),
          tool_uses: calls.get(name) ?? 0,
        }];
      }),
  );
}

function readServerCalls(
  db: Database,
  totals: PeriodTotals,
  words: ReadonlyMap<number, string>,
): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  const rows = prepareArrays(db, "select tool, server from mcp_tools").all() as unknown as [
    number,
    number,
  ][];
  for (const [tool, server] of rows) {
    const count = totals.tool_uses_by_name?.[words.get(tool) ?? ""] ?? 0;
    const name = words.get(server) ?? "other";
    if (count > 0) calls.set(name, (calls.get(name) ?? 0) + count);
  }
  return calls;
}

function tokensOf({ input, output, cache_read, cache_creation }: AttributionCounts): number {
  return input + output + cache_read + cache_creation;
}

function share(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole === 0) return null;
  return Math.round(part / whole * 1e6) / 1e6;
}
