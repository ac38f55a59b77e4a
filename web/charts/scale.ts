/**
 * Places of numbers on a drawing.
 *
 * @module
 */

/** The colours of series: so many, and one for all others together. */
export const SERIES_COLOURS = 6;
/** Steps of a heat map above nothing. */
export const HEAT_STEPS = 5;

/** The class that colours the series in this place. */
export function seriesClass(place: number): string {
  return place < SERIES_COLOURS ? `s${place + 1}` : "s-other";
}

/** The class of a heat map's cell: nothing is 0, the most is {@linkcode HEAT_STEPS}. */
export function heatClass(value: number | null, top: number): string {
  if (!value || top <= 0) return "h0";
  return `h${Math.min(HEAT_STEPS, Math.max(1, Math.ceil((value / top) * HEAT_STEPS)))}`;
}

/** A round number that is not below `value`, with a round half: where an axis ends. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1;
  const scale = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * scale >= value * 0.9999);
  return (step ?? 10) * scale;
}

/** A length on a drawing, in as few digits as can be seen. */
export function short(length: number): string {
  return String(Math.round(length * 10) / 10);
}
