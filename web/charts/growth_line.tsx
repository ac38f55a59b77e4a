/**
 * A number that only grows, over time: how far it had come at each moment.
 *
 * @module
 */

import { niceTop, short } from "./scale.ts";
import { ValueAxis } from "./value_axis.tsx";

/** What the line shows. */
export interface GrowthLineProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  readonly values: readonly number[];
  /** Names of the beginning and the end. */
  readonly ends: readonly [string, string];
  format(value: number): string;
}

const WIDTH = 720, HEIGHT = 120;

/** The line, and the area below it. */
export function GrowthLine({ label, values, ends, format }: GrowthLineProps) {
  const last = values.at(-1) ?? 0, top = niceTop(last), step = WIDTH / Math.max(1, values.length);
  const line = values.map((value, i) =>
    `L${short((i + 1) * step)} ${short(HEIGHT - value / top * HEIGHT)}`
  ).join("");
  return (
    <div class="growth plot">
      <ValueAxis top={top} isWhole={values.every(Number.isInteger)} format={format} />
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path class="grid" d={`M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}`} />
        <path class="area" d={`M0 ${HEIGHT}${line}V${HEIGHT}z`} />
        <path class="line" d={`M0 ${HEIGHT}${line}`} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  );
}
