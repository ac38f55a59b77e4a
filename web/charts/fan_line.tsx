/**
 * A share that only grows, and where it goes: what was seen as steps, and behind it the band in
 * which the rest lies.
 *
 * @module
 */

import { short } from "./scale.ts";

/** What the line shows; times are milliseconds, and 1 is all of it. */
export interface FanLineProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** By time. */
  readonly seen: readonly { readonly at: number; readonly used: number }[];
  /** By time, from what was seen last on; empty where nothing is foretold. */
  readonly course: readonly {
    readonly at: number;
    readonly used: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly from: number;
  readonly to: number;
  /** Names of the beginning and the end. */
  readonly ends: readonly [string, string];
}

const WIDTH = 720, HEIGHT = 140;

/** The steps, and the fan behind them; what is above all of it is cut off. */
export function FanLine({ label, seen, course, from, to, ends }: FanLineProps) {
  const x = (at: number) => short((at - from) / Math.max(1, to - from) * WIDTH);
  const y = (share: number) => short(4 + (1 - Math.min(1, share)) * (HEIGHT - 8));
  const steps = seen.map(({ at, used }, i) =>
    i === 0 ? `M${x(at)} ${y(used)}` : `H${x(at)}V${y(used)}`
  ).join("");
  const along = (points: readonly (readonly [number, number])[]) =>
    points.map(([at, share], i) => `${i === 0 ? "M" : "L"}${x(at)} ${y(share)}`).join("");
  const band = along([
    ...course.map(({ at, high }) => [at, high] as const),
    ...course.toReversed().map(({ at, low }) => [at, low] as const),
  ]);
  return (
    <div class="rates fan">
      <span class="top" aria-hidden="true">100 %</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path class="grid" d={`M0 ${y(1)}H${WIDTH}M0 ${y(0.5)}H${WIDTH}M0 ${y(0)}H${WIDTH}`} />
        {course.length === 0 ? null : <path class="area" d={`${band}z`} />}
        <path class="course" d={along(course.map(({ at, used }) => [at, used] as const))} />
        <path class="line" d={steps} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  );
}
