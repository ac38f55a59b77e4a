/**
 * A number that only grows, over time: how far it had come at each moment. Long pauses are folded.
 *
 * @module
 */

import { foldTime, type Interval } from "./folded_time.ts";
import { niceTop, short } from "./scale.ts";
import { ValueAxis } from "./value_axis.tsx";

/** What the line shows. */
export interface GrowthLineProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** By time, up to the end of the stretch; before the first there is nothing. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly stretch: Interval;
  /** When something went on, in order: the rest is folded. */
  readonly busy: readonly Interval[];
  /** Names of the beginning and the end. */
  readonly ends: readonly [string, string];
  format(value: number): string;
}

const WIDTH = 720, HEIGHT = 120;

/** The line, and the area below it. */
export function GrowthLine({ label, points, stretch, busy, ends, format }: GrowthLineProps) {
  const values = points.map(({ value }) => value), top = niceTop(values.at(-1) ?? 0);
  const time = foldTime(stretch, busy, WIDTH);
  const line = points.map(({ at, value }) =>
    `L${short(time.x(at))} ${short(HEIGHT - value / top * HEIGHT)}`
  ).join("");
  const folds = time.folds.map(({ x, width }) =>
    `M${short(x)} 0h${short(width)}v${HEIGHT}h-${short(width)}z`
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
        {folds === "" ? null : <path class="fold" d={folds} />}
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
