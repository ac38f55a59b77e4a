/**
 * Bars over time, one upon the other where there are several series.
 *
 * @module
 */

import { niceTop, seriesClass, short } from "./scale.ts";
import { StepAxis } from "./step_axis.tsx";
import { ValueAxis } from "./value_axis.tsx";

/** What the bars show. */
export interface StackedBarsProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  /** The lowest first; null is not known. */
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    /** How each is told, where its value alone does not say it. */
    readonly texts?: readonly string[];
  }[];
  format(value: number): string;
}

const WIDTH = 720, HEIGHT = 160;
/** Of few steps no bar is broader than of so many. */
const BARS_MIN = 12;

/** The bars; what each holds is told where the pointer rests. */
export function StackedBars({ label, steps, series, format }: StackedBarsProps) {
  const sums = steps.map((_, i) => series.reduce((sum, of) => sum + (of.values[i] ?? 0), 0));
  const top = niceTop(Math.max(0, ...sums));
  const step = WIDTH / Math.max(1, steps.length);
  const width = Math.min(step, WIDTH / BARS_MIN) * 0.86, left = (step - width) / 2;
  const below = steps.map(() => 0);
  return (
    <div class="bars plot">
      <ValueAxis top={top} isWhole={sums.every(Number.isInteger)} format={format} />
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path class="grid" d={`M0 .5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}`} />
        {series.map(({ values }, place) => {
          const path = values.map((value, i) => {
            if (!value) return "";
            const from = below[i]!, to = from + value;
            below[i] = to;
            const y = (of: number) => HEIGHT - (of / top) * HEIGHT;
            const height = Math.max(0.8, y(from) - y(to));
            return `M${short(i * step + left)} ${short(y(from))}v-${short(height)}h${
              short(width)
            }` +
              `v${short(height)}z`;
          }).join("");
          return path === "" ? null : <path class={seriesClass(place)} d={path} />;
        })}
        {steps.map((name, i) =>
          sums[i] ? <Touch {...{ x: i * step, step, name, i, series, format }} /> : null
        )}
      </svg>
      <StepAxis steps={steps} />
    </div>
  );
}

/** Where the pointer can rest. */
function Touch(
  { x, step, name, i, series, format }: Pick<StackedBarsProps, "series" | "format"> & {
    x: number;
    step: number;
    name: string;
    i: number;
  },
) {
  const parts = series.filter(({ values }) => values[i])
    .map((of) => `${of.name} ${of.texts?.[i] ?? format(of.values[i]!)}`).reverse();
  return (
    <rect class="touch" x={short(x)} y="0" width={short(step)} height={HEIGHT}>
      <title>{`${name}: ${parts.join(", ")}`}</title>
    </rect>
  );
}
