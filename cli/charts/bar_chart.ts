/**
 * Bars side by side: a name, its number, and a bar as long as the number is large.
 *
 * @module
 */

import { formatCount, formatNumber, formatShare } from "../../core/format.ts";
import { printable } from "../../core/printable.ts";
import { fitApart, visibleWidth } from "../table.ts";
import type { ChartLook } from "./chart_look.ts";
import type { Unit } from "./scale.ts";

/** One bar. */
export interface Bar {
  readonly name: string;
  /** Null where it is not known: then there is no bar. */
  readonly value: number | null;
  /** Whether it is at least so much. */
  readonly isLowerBound?: boolean;
  /** Of how many a share is. */
  readonly of?: number | null;
}

const NAME_MAX = 36, NAME_MIN = 12;
const EIGHTHS = 8;
const BAR_MAX = 60, BAR_MIN = 8;

/** The lines, in the order given; `whole` is what the shares are of, where there are shares. */
export function barChart(
  bars: readonly Bar[],
  unit: Unit,
  { paint, signs, width }: ChartLook,
  whole?: number | null,
): string[] {
  const names = bars.map(({ name }) => printable(name));
  const values = bars.map(({ value, isLowerBound, of }) => {
    if (value === null) return formatNumber(value, unit);
    const text = (isLowerBound ? "≥" : "") + formatNumber(value, unit);
    return typeof of === "number" ? `${text} of ${formatCount(of)}` : text;
  });
  const shares = bars.map(({ value }) =>
    whole && value !== null ? formatShare(value / whole) : ""
  );
  const [value, share] = [widest(values), widest(shares)];
  const right = share === 0 ? 0 : share + 2;
  const rest = width - 1 - 2 - value - 2 - right;
  const name = Math.min(widest(names), NAME_MAX, Math.max(NAME_MIN, rest - BAR_MIN));
  const bar = Math.min(BAR_MAX, Math.max(1, rest - name)), fit = fitApart(names, name);
  // A share is of all there is, whatever the others are.
  const most = unit === "share" ? 1 : Math.max(0, ...bars.map((one) => one.value ?? 0));
  return bars.map((one, i) => {
    const text = fit(names[i]!, name);
    const eighths = !one.value || one.value < 0
      ? 0
      : Math.max(1, Math.round(one.value / most * bar * EIGHTHS));
    const drawn = signs.bars[EIGHTHS]!.repeat(Math.floor(eighths / EIGHTHS)) +
      (eighths % EIGHTHS === 0 ? "" : signs.bars[eighths % EIGHTHS]!);
    const tail = right === 0
      ? ""
      : " ".repeat(bar - drawn.length + 2) + shares[i]!.padStart(share);
    return (
      ` ${text}${" ".repeat(name - visibleWidth(text))}  ${values[i]!.padStart(value)}  ` +
      paint.green(drawn) + tail
    ).trimEnd();
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(visibleWidth));
}
