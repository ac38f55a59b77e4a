/**
 * Numbers over time, bucket by bucket, as they stand in the sums.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import {
  type LiveSeries,
  type Point,
  SERIES,
  SERIES_TIERS,
  type SeriesName,
  type SeriesTier,
} from "../live_picture.ts";
import { INPUT_COUNTS, MODEL_COUNTS } from "../session_counts.ts";
import { costOf } from "./cost.ts";
import { type Counts, countsOf, readRows, type SessionFilter, whereOf } from "./sums.ts";

/** What is asked: the series of one tier, up to now. */
export interface SeriesQuery {
  readonly tier: SeriesTier;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly filter: SessionFilter;
}

const PROMPT = EVENT_TYPES.indexOf("user_prompt");

/** The series as far back as their tier goes. Buckets in which there is nothing are left out. */
export function readSeries(db: Database, { tier, now, filter }: SeriesQuery): LiveSeries {
  const { keepMs } = SERIES_TIERS.find(({ seconds }) => seconds === tier)!;
  const where = whereOf({ tier, from: now - keepMs, to: now + 1 }, filter);
  const series = Object.fromEntries(SERIES.map((name) => [name, [] as Point[]])) as Record<
    SeriesName,
    Point[]
  >;
  const add = (name: SeriesName, at: number | null | undefined, value: number | null) => {
    if (typeof at === "number" && value) series[name].push([at, value]);
  };
  const tools = filter.model === undefined
    ? readRows(db, "tool_sums", "x.bucket", ["uses", "web_searches"], where)
    : [];
  const searches = new Map(tools.map(([at, , count]) => [at, count ?? 0]));
  for (const [at, uses] of tools) add("tool_uses", at, uses ?? 0);
  for (const row of readRows(db, "model_sums", "x.bucket", MODEL_COUNTS, where)) {
    const counts: Counts<typeof MODEL_COUNTS[number]> = countsOf(MODEL_COUNTS, row);
    add("assistant_messages", row[0], counts.messages);
    add("tokens_output", row[0], counts.output);
    add("cost_usd", row[0], costOf([counts], searches.get(row[0] ?? -1) ?? 0).cost_usd);
  }
  if (filter.model !== undefined) return series;
  for (const row of readRows(db, "input_sums", "x.bucket, x.member", INPUT_COUNTS, where)) {
    if (row[1] === PROMPT) add("user_prompts", row[0], row[2] ?? 0);
  }
  return series;
}
