/** All keys of the live picture. */

import { LIVE_PERIODS, RANKINGS, SERIES, SERIES_TIERS } from "../../core/live_picture.ts";
import { MADE_AT, numbersKey, rankingKey, seriesKey } from "../../pipeline/live_keys.ts";

/** Their names, without the namespace. */
export function liveKeys(): string[] {
  return [
    MADE_AT,
    ...LIVE_PERIODS.map(numbersKey),
    ...LIVE_PERIODS.flatMap((period) => RANKINGS.map((name) => rankingKey(name, period))),
    ...SERIES_TIERS.flatMap(({ seconds }) => SERIES.map((name) => seriesKey(seconds, name))),
  ];
}
