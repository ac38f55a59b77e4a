/** Live pictures that are made up, with something in each of their parts. */

import {
  LIVE_PERIODS,
  type LivePart,
  type LivePicture,
  type LiveSeries,
  type PictureParts,
  RANKINGS,
  SERIES,
  WHOLE_PICTURE,
} from "../../core/live_picture.ts";
import { NOON } from "./events.ts";

/** A picture whose numbers follow from `seed`, so that another one differs everywhere. */
export function makePicture(seed = 1, parts: PictureParts = WHOLE_PICTURE): LivePicture {
  const part = (i: number): LivePart => ({
    numbers: { cost_usd: seed + 0.1 + i, error_rate: 1 / (3 + seed), tool_uses: 10 * seed + i },
    rankings: Object.fromEntries(RANKINGS.map((name, j) => [name, [
      [`first_${name}`, 100 * seed + j + 0.7],
      [`of_${seed}`, 50 + i],
      ["a_tie", 7],
      ["b_tie", 7],
    ]])) as unknown as LivePart["rankings"],
  });
  const minute = Math.floor(NOON / 60_000) * 60_000;
  const series = (tier: number) =>
    Object.fromEntries(SERIES.map((name, i) => [name, [
      [minute - tier * 1000 * seed, seed + i],
      [minute, 0.25 * seed],
    ]])) as unknown as LiveSeries;
  return {
    madeAt: NOON + seed,
    periods: Object.fromEntries(
      parts.periods.map((period) => [period, part(LIVE_PERIODS.indexOf(period))]),
    ),
    series: Object.fromEntries(parts.tiers.map((tier) => [tier, series(tier)])),
  };
}
