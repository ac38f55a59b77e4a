/**
 * What fills the context and what that costs: cache, requests, compactions, and on whose account
 * responses go. `metrics --json` has it of a period, `analyze --json` of a session.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { once } from "../once.ts";
import { type Attributions, type Labels, readAttributions } from "./attributions.ts";
import { type CacheSaving, cacheSavingOf } from "./cache_saving.ts";
import type { PeriodTotals } from "./metrics_report.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { readSpawned, type Spawned } from "./spawned.ts";
import type { Sums } from "./sums.ts";
import { readSessionsUsage } from "./usage/session_usage.ts";
import type { UsageQuery, UsageSums } from "./usage_sums.ts";

/** Requests of the main thread: input, cache reads and cache writes of each. */
export interface Requests {
  readonly count: number;
  /** Those whose model's context is known and holds them. */
  readonly with_limit: number;
  readonly largest_tokens: number | null;
  /** The share of the context that the fullest filled. */
  readonly largest_share: number | null;
  /** Of sessions the middle of their middle requests, and of their last ones. */
  readonly median_tokens: number | null;
  readonly median_share: number | null;
  readonly last_tokens: number | null;
  readonly last_share: number | null;
  readonly over_half: Rate | null;
  readonly over_four_fifths: Rate | null;
}

/** How often conversations were made shorter. */
export interface Compactions {
  readonly count: number;
  /** Those of which the client tells the size before and after. */
  readonly told: number;
  /** Tokens that these freed; null without one. */
  readonly tokens_freed: number | null;
  readonly per_active_hour: number | null;
  /** From one of a session to the next; null without two in one session. */
  readonly minutes_between: number | null;
  /** Operations that follow the first one of their session, for a compaction. */
  readonly operations_after: number | null;
  /** All operations, for a compaction. */
  readonly operations_between: number | null;
}

/** The section; what cannot be told of a model is null where one is asked for. */
export interface ContextReport extends Attributions {
  /** Null where no tokens have a price. */
  readonly cache: CacheSaving | null;
  readonly requests: Requests;
  readonly compactions: Compactions;
  /** How calls of sub-agents went, by type. */
  readonly spawned: Readonly<Record<string, Spawned>>;
}

/** What else is read of the same period. */
export interface ContextParts {
  readonly models: Sums["models"];
  readonly totals: PeriodTotals;
  readonly usage: UsageSums;
}

/** The context of a period; null where a model is asked for. */
export function readContext(...asked: Parameters<typeof lateContext>): ContextReport | null {
  const late = lateContext(...asked);
  return late && { ...late, requests: { ...late.requests } };
}

/** The same; what no headline tells is worked out when it is read, while the database is open. */
export function lateContext(
  db: Database,
  query: UsageQuery,
  read: ContextParts,
  words: ReadonlyMap<number, string>,
  labels: Labels = new Map(),
): ContextReport | null {
  if (query.filter.model !== undefined) return null;
  const { models, totals, usage } = read;
  const spawned = once(() => readSpawned(db, query, words));
  return {
    cache: models && cacheSavingOf(models.values()),
    requests: requestsOf(usage, once(() => readMiddles(db, query))),
    compactions: compactionsOf(usage, totals),
    get spawned() {
      return spawned();
    },
    ...readAttributions(db, query, totals, words, labels),
  };
}

const MIDDLES = {
  median_tokens: "request_median",
  median_share: "fill_median",
  last_tokens: "request_last",
  last_share: "fill_last",
} as const;

type Middles = Record<keyof typeof MIDDLES, number | null>;

/** Of each number the middle one of all sessions, the lower of two. */
function readMiddles(db: Database, query: UsageQuery): Middles {
  const { known } = readSessionsUsage(db, query);
  return Object.fromEntries(
    Object.entries(MIDDLES).map(([name, column]) => {
      const numbers = known[column], middle = numbers[(numbers.length - 1) >> 1] ?? null;
      return [name, name.endsWith("_share") ? shareOf(middle) : middle];
    }),
  ) as Middles;
}

function requestsOf(usage: UsageSums, middles: () => Middles): Requests {
  const { requests, requests_with_limit: limited } = usage;
  return {
    count: requests,
    with_limit: limited,
    largest_tokens: requests === 0 ? null : usage.largest_request,
    largest_share: limited === 0 ? null : shareOf(usage.largest_fill),
    get median_tokens() {
      return middles().median_tokens;
    },
    get median_share() {
      return middles().median_share;
    },
    get last_tokens() {
      return middles().last_tokens;
    },
    get last_share() {
      return middles().last_share;
    },
    over_half: wilsonRate(usage.requests_over_half, limited),
    over_four_fifths: wilsonRate(usage.requests_over_four_fifths, limited),
  };
}

function compactionsOf(usage: UsageSums, { active_ms }: PeriodTotals): Compactions {
  const { compactions: count, compactions_told: told, compaction_gaps: gaps } = usage;
  return {
    count,
    told,
    tokens_freed: told === 0 ? null : usage.tokens_freed,
    per_active_hour: active_ms === null ? null : ratio(count, active_ms / 3_600_000),
    minutes_between: ratio(usage.compaction_gap_ms / 60_000, gaps),
    operations_after: ratio(usage.operations_after_compaction, count),
    operations_between: ratio(usage.operations, count),
  };
}

/** Fills are stored in millionths. */
function shareOf(fill: number | null): number | null {
  return fill === null ? null : fill / 1e6;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round(part / whole * 1000) / 1000;
}
