/**
 * How much fell into each part of a stretch, as bars no higher than a line of text.
 *
 * @module
 */

import { short } from "./scale.ts";

const STEP = 4, HEIGHT = 16;

/** The bars; what they say stands in numbers beside them. */
export function SparkBars({ values }: { values: readonly number[] }) {
  const top = Math.max(1, ...values), width = values.length * STEP;
  const path = values.map((value, i) =>
    value === 0
      ? ""
      : `M${i * STEP} ${HEIGHT}v-${short(Math.max(1.5, value / top * HEIGHT))}h${
        STEP - 1
      }V${HEIGHT}z`
  ).join("");
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <path class="s1" d={path} />
    </svg>
  );
}
