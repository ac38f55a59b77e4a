/**
 * What charts of a share over time have in common: the place from nothing to all of it, lines at
 * all and at half, and an axis below.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { short } from "./scale.ts";
import { ValueAxis } from "./value_axis.tsx";

/** Units of the drawing, which is stretched to its room. */
export const FRAME_WIDTH = 720;
const HEIGHT = 140;

/** Where a share lies, 1 at the top; what is above all of it is cut off. */
export function shareHeight(share: number): string {
  return short(4 + (1 - Math.min(1, share)) * (HEIGHT - 8));
}

/** What the frame holds. */
export interface ShareFrameProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** What stands below it. */
  readonly axis: Child;
  /** A class besides its own. */
  readonly kind?: string;
  readonly children: Child;
}

/** The frame around what is drawn. */
export function ShareFrame({ label, axis, kind, children }: ShareFrameProps) {
  const grid = [1, 0.5, 0].map((share) => `M0 ${shareHeight(share)}H${FRAME_WIDTH}`).join("");
  return (
    <div class={kind === undefined ? "rates plot" : `rates plot ${kind}`}>
      <ValueAxis top={1} format={(share) => `${share * 100} %`} />
      <svg
        viewBox={`0 0 ${FRAME_WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path class="grid" d={grid} />
        {children}
      </svg>
      {axis}
    </div>
  );
}
