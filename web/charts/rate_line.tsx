/**
 * A rate over time with the band in which it lies: where there are few cases it is wide.
 *
 * @module
 */

import type { Rate } from "../../core/reports/rates.ts";
import { short } from "./scale.ts";
import { FRAME_WIDTH, ShareFrame, shareHeight } from "./share_frame.tsx";
import { StepAxis } from "./step_axis.tsx";

/** What the line shows. */
export interface RateLineProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  /** Null where there was no case: the line goes on from the one before to the next. */
  readonly rates: readonly (Rate | null)[];
}

/** The line, its points and their intervals. */
export function RateLine({ label, steps, rates }: RateLineProps) {
  const step = FRAME_WIDTH / Math.max(1, steps.length);
  const x = (i: number) => short((i + 0.5) * step);
  const known = rates.flatMap((rate, i) => rate === null ? [] : [{ rate, i }]);
  const intervals = known.map(({ rate, i }) =>
    `M${x(i)} ${shareHeight(rate.low)}V${shareHeight(rate.high)}`
  ).join(
    "",
  );
  const line = known.map(({ rate, i }, place) =>
    `${place === 0 ? "M" : "L"}${x(i)} ${shareHeight(rate.value)}`
  ).join("");
  // A line of no length with round ends is a dot that is not stretched with the drawing.
  const dots = known.map(({ rate, i }) => `M${x(i)} ${shareHeight(rate.value)}h.01`).join("");
  return (
    <ShareFrame label={label} axis={<StepAxis steps={steps} />}>
      <path class="band" d={intervals} />
      <path class="line" d={line} />
      <path class="dots" d={dots} />
    </ShareFrame>
  );
}
