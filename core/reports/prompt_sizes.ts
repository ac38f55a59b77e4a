/**
 * How long prompts are, and how soon they follow each other.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { PROMPT_KINDS } from "../input_kinds.ts";
import { keptTiers } from "../tiers.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { alignedPeriod } from "./pieces.ts";
import { sessionConditions } from "./sums.ts";
import type { UsageQuery, UsageSums } from "./usage_sums.ts";

/** Prompts by size; what no client measured is in `count` alone. */
export interface PromptSizes {
  readonly count: number;
  readonly measured: number;
  readonly words_median: number | null;
  readonly words_mean: number | null;
  readonly characters_mean: number | null;
  /** Of fewer than 20 words, of up to 100, and of more. */
  readonly short: number;
  readonly middling: number;
  readonly long: number;
  readonly gaps_under_10s: number;
  readonly gaps_under_30s: number;
  readonly gaps_over_30s: number;
}

/** The sizes of a period. */
export function promptSizes(db: Database, query: UsageQuery, sums: UsageSums): PromptSizes {
  const { prompts_measured: measured } = sums;
  const mean = (sum: number) => measured === 0 ? null : Math.round(sum / measured * 100) / 100;
  return {
    count: sums.prompts,
    measured,
    words_median: readMedian(db, query),
    words_mean: mean(sums.prompt_words),
    characters_mean: mean(sums.prompt_characters),
    short: sums.prompts_short,
    middling: sums.prompts_middling,
    long: sums.prompts_long,
    gaps_under_10s: sums.prompt_gaps_under_10s,
    gaps_under_30s: sums.prompt_gaps_under_30s,
    gaps_over_30s: sums.prompt_gaps_over_30s,
  };
}

/** The lower one of two in the middle. */
function readMedian(db: Database, query: UsageQuery): number | null {
  const rows = readWordCounts(db, query);
  const half = (rows.reduce((sum, [, count]) => sum + count, 0) + 1) >> 1;
  let seen = 0;
  return rows.find(([, count]) => (seen += count) >= half)?.[0] ?? null;
}

/** How many prompts have how many words, the shortest first. */
function readWordCounts(
  db: Database,
  { period, filter, now }: UsageQuery,
): (readonly [number, number])[] {
  if (sessionConditions(filter).sql === "") {
    return [...readDigest(db, wholeQuery(period, filter, now)).words].sort(([a], [b]) => a - b);
  }
  const { sql, parameters } = sessionConditions(filter);
  const { from, to } = alignedPeriod(period, now, keptTiers(db));
  return prepareArrays(
    db,
    `select x.words, count(*) from inputs x join sessions s on s.id = x.session
     where x.words is not null and x.kind in (${
      PROMPT_KINDS.join(", ")
    }) and x.at >= ? and x.at < ?${sql}
     group by x.words order by x.words`,
  ).all(from ?? 0, to, ...parameters) as unknown as [number, number][];
}
