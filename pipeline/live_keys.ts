/**
 * Where the live picture lies in Redis: all of its keys by name, so that none has to be looked
 * for on a server that others use, too.
 *
 * @module
 */

import type { LivePeriod, RankingName, SeriesName, SeriesTier } from "../core/live_picture.ts";

/** The key of the moment at which the picture was made, in ISO 8601. */
export const MADE_AT = "live:made_at";

/** The channel that tells of each new picture: `{"made_at": "…"}`. */
export const TICK = "live:tick";

/** The hash of a period's numbers. */
export function numbersKey(period: LivePeriod): string {
  return `live:metrics:${period}`;
}

/** The sorted set of a ranking. */
export function rankingKey(ranking: RankingName, period: LivePeriod): string {
  return `live:rank:${ranking}:${period}`;
}

/** The hash of a series: the first millisecond of each bucket, and what is in it. */
export function seriesKey(tier: SeriesTier, name: SeriesName): string {
  return `live:series:${tier}:${name}`;
}
