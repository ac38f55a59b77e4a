/**
 * A rate over time with the band in which it lies: where there are few cases it is wide.
 *
 * @module
 */

import type { Rate } from "../../core/reports/rates.ts";
import { short } from "./scale.ts";

/** What the line shows. */
export interface RateLineProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  /** Null where there was no case: the line goes on from the one before to the next. */
  readonly rates: readonly (Rate | null)[];
}

const WIDTH = 720, HEIGHT = 140;

/** The line, its points and their intervals. */
export function RateLine({ label, steps, rates }: RateLineProps) {
  const step = WIDTH / Math.max(12, steps.length);
  const x = (i: number) => short((i + 0.5) * step);
  const y = (share: number) => short(4 + (1 - share) * (HEIGHT - 8));
  const known = rates.flatMap((rate, i) => rate === null ? [] : [{ rate, i }]);
  const intervals = known.map(({ rate, i }) => `M${x(i)} ${y(rate.low)}V${y(rate.high)}`).join(
    "",
  );
  const line = known.map(({ rate, i }, place) =>
    `${place === 0 ? "M" : "L"}${x(i)} ${y(rate.value)}`
  ).join("");
  // A line of no length with round ends is a dot that is not stretched with the drawing.
  const dots = known.map(({ rate, i }) => `M${x(i)} ${y(rate.value)}h.01`).join("");
  return (
    <div class="rates">
      <span class="top" aria-hidden="true">100 %</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path class="grid" d={`M0 ${y(1)}H${WIDTH}M0 ${y(0.5)}H${WIDTH}M0 ${y(0)}H${WIDTH}`} />
        <path class="band" d={intervals} />
        <path class="line" d={line} />
        <path class="dots" d={dots} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>{steps[0]}</span>
        {steps.length > 2 ? <span>{steps[Math.floor((steps.length - 1) / 2)]}</span> : null}
        {steps.length > 1 ? <span>{steps.at(-1)}</span> : null}
      </div>
    </div>
  );
}
