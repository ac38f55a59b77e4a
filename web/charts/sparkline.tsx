/**
 * The course of one number as a small line. It stands beside the number, which says it all to who
 * cannot see it.
 *
 * @module
 */

import { short } from "./scale.ts";

const WIDTH = 96, HEIGHT = 24;

/** The line; it is broken where nothing is known. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const top = Math.max(...known), bottom = Math.min(0, ...known);
  const height = (value: number) =>
    HEIGHT - 2 - ((value - bottom) / (top - bottom || 1)) * (HEIGHT - 4);
  const step = WIDTH / Math.max(1, values.length - 1);
  let isOpen = false;
  const path = values.map((value, i) => {
    const begin = !isOpen;
    isOpen = value !== null;
    if (value === null) return "";
    // Of a point by itself a dot is left.
    return `${begin ? "M" : "L"}${short(i * step)} ${short(height(value))}${begin ? "h0" : ""}`;
  }).join("");
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
