/**
 * The live picture: the numbers of one moment, as they lie in Redis and as a live screen shows
 * them.
 *
 * What is not known, and what is nothing, is absent: a picture holds numbers alone. Its words are
 * names, safe words, ids and hashes; labels are made by who shows it.
 *
 * @module
 */

/** The rolling periods that a whole picture has. */
export const LIVE_PERIODS = ["1h", "24h", "7d", "30d", "all"] as const;

/** One of {@linkcode LIVE_PERIODS}. */
export type LivePeriod = typeof LIVE_PERIODS[number];

/** What is ranked: tools by uses, models, projects by sessions, sessions by cost in USD. */
export const RANKINGS = [
  "tools",
  "models_by_cost",
  "models_by_tokens",
  "projects",
  "sessions",
] as const;

/** One of {@linkcode RANKINGS}. */
export type RankingName = typeof RANKINGS[number];

/** What there are series of. */
export const SERIES = [
  "cost_usd",
  "tokens_output",
  "assistant_messages",
  "tool_uses",
  "user_prompts",
] as const;

/** One of {@linkcode SERIES}. */
export type SeriesName = typeof SERIES[number];

const DAY_MS = 86_400_000;

/** The lengths of a series' buckets in seconds, and how far each goes back. */
export const SERIES_TIERS = [
  { seconds: 60, keepMs: DAY_MS },
  { seconds: 300, keepMs: 7 * DAY_MS },
  { seconds: 900, keepMs: 30 * DAY_MS },
] as const;

/** One of {@linkcode SERIES_TIERS}, by its seconds. */
export type SeriesTier = typeof SERIES_TIERS[number]["seconds"];

/** Members of a ranking at most. */
export const RANKS_MAX = 100;

/** A member of a ranking with its score. */
export type Rank = readonly [member: string, score: number];

/** The first millisecond of a bucket, and what is in it. */
export type Point = readonly [at: number, value: number];

/** The numbers of a period. */
export interface LivePart {
  /** By name, as `liveNumbers` makes them. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly rankings: Readonly<Record<RankingName, readonly Rank[]>>;
}

/** The points of each series, in the order of time. */
export type LiveSeries = Readonly<Record<SeriesName, readonly Point[]>>;

/** A picture, or those parts of it that were asked for. */
export interface LivePicture {
  /** Milliseconds since 1970 UTC: the moment at which the periods end. */
  readonly madeAt: number;
  readonly periods: Readonly<Partial<Record<LivePeriod, LivePart>>>;
  readonly series: Readonly<Partial<Record<SeriesTier, LiveSeries>>>;
}

/** Which parts of a picture are asked for. */
export interface PictureParts {
  readonly periods: readonly LivePeriod[];
  readonly tiers: readonly SeriesTier[];
}

/** All parts. */
export const WHOLE_PICTURE: PictureParts = {
  periods: LIVE_PERIODS,
  tiers: SERIES_TIERS.map(({ seconds }) => seconds),
};

/** Sorts a ranking, those of equal score by name, and cuts it. */
export function ranked(ranks: Iterable<Rank>): Rank[] {
  const all = [...ranks].filter(([, score]) => score > 0);
  // Scores alone are sorted much sooner than with their names.
  const least = Float64Array.from(all, ([, score]) => score).sort().at(-RANKS_MAX) ?? 0;
  return all.filter(([, score]) => score >= least).sort(compareRanks).slice(0, RANKS_MAX);
}

/** Less than 0 where the first comes before the second in a ranking. */
export function compareRanks([a, ofA]: Rank, [b, ofB]: Rank): number {
  return ofB - ofA || (a === b ? 0 : a < b ? -1 : 1);
}
