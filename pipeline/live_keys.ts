/**
 * Where the live picture lies in Redis: all of its keys by name, so that none has to be looked
 * for on a server that others use, too.
 *
 * @module
 */

import {
  LIVE_PERIODS,
  type LivePeriod,
  type RankingName,
  RANKINGS,
  SERIES,
  SERIES_TIERS,
  type SeriesName,
  type SeriesTier,
} from "../core/live_picture.ts";

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

/** All of them. */
export function liveKeys(): string[] {
  return [
    MADE_AT,
    ...LIVE_PERIODS.map(numbersKey),
    ...LIVE_PERIODS.flatMap((period) => RANKINGS.map((name) => rankingKey(name, period))),
    ...SERIES_TIERS.flatMap(({ seconds }) => SERIES.map((name) => seriesKey(seconds, name))),
  ];
}
