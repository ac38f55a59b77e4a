/**
 * Bars of one line of text, as high as the numbers that they stand for.
 *
 * @module
 */

const BARS = [..."▁▂▃▄▅▆▇█"];

/** One bar each; the highest is as high as bars are. */
export function barsOf(values: readonly number[], bars: readonly string[] = BARS): string {
  const top = Math.max(...values);
  return values.map((value) => {
    // The lowest bar is for nothing alone.
    const height = value <= 0 ? 0 : Math.max(1, Math.round(value / top * (bars.length - 1)));
    return bars[height];
  }).join("");
}
