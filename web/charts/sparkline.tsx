/**
 * The course of one number as a small line. It stands beside the number, which says it all to who
 * cannot see it.
 *
 * @module
 */

import { short } from "./scale.ts";

const WIDTH = 96, HEIGHT = 24;

/** The line goes from what is known to what is known next. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const step = WIDTH / Math.max(1, values.length - 1);
  const known = values.flatMap((value, i) => value === null ? [] : [{ value, x: i * step }]);
  if (known.length < 2) return null;
  const top = Math.max(...known.map(({ value }) => value));
  const bottom = Math.min(0, ...known.map(({ value }) => value));
  const height = (value: number) =>
    HEIGHT - 2 - ((value - bottom) / (top - bottom || 1)) * (HEIGHT - 4);
  const path = known.map(({ value, x }) => `${short(x)} ${short(height(value))}`).join("L");
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={`M${path}`} />
    </svg>
  );
}
