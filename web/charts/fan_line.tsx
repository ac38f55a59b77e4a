/**
 * A share that only grows, and where it goes: what was seen as steps, and behind it the band in
 * which the rest lies.
 *
 * @module
 */

import { short } from "./scale.ts";
import { FRAME_WIDTH, ShareFrame, shareHeight } from "./share_frame.tsx";

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

/** The steps, and the fan behind them; what is above all of it is cut off. */
export function FanLine({ label, seen, course, from, to, ends }: FanLineProps) {
  const x = (at: number) => short((at - from) / Math.max(1, to - from) * FRAME_WIDTH);
  const steps = seen.map(({ at, used }, i) =>
    i === 0 ? `M${x(at)} ${shareHeight(used)}` : `H${x(at)}V${shareHeight(used)}`
  ).join("");
  const along = (points: readonly (readonly [number, number])[]) =>
    points.map(([at, share], i) => `${i === 0 ? "M" : "L"}${x(at)} ${shareHeight(share)}`).join(
      "",
    );
  const band = along([
    ...course.map(({ at, high }) => [at, high] as const),
    ...course.toReversed().map(({ at, low }) => [at, low] as const),
  ]);
  const axis = (
    <div class="axis" aria-hidden="true">{ends.map((name) => <span>{name}</span>)}</div>
  );
  return (
    <ShareFrame label={label} axis={axis} kind="fan">
      {course.length === 0 ? null : <path class="area" d={`${band}z`} />}
      <path class="course" d={along(course.map(({ at, used }) => [at, used] as const))} />
      <path class="line" d={steps} />
    </ShareFrame>
  );
}
