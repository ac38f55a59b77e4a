/**
 * The frame of a chart: what it shows, its legend, and the same numbers as a table.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { Table, type TableProps } from "./table.tsx";

/** What stands around a chart. */
export interface ChartFigureProps {
  /** One sentence with what there is to see. */
  readonly caption: Child;
  /** Names of the series in their order, as `seriesClass` colours them. */
  readonly legend?: readonly { readonly name: string; readonly look: string }[];
  readonly table: TableProps;
  /** What the script draws over it: a chart of time, moved along by pointer and keys. */
  readonly live?: "series";
  readonly children: Child;
}

/** The frame. */
export function ChartFigure({ caption, legend, table, live, children }: ChartFigureProps) {
  return (
    <figure {...(live === undefined ? {} : { "data-chart": live })}>
      {legend === undefined ? null : (
        <ul class="legend">
          {legend.map(({ name, look }) => (
            <li>
              <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
                <rect class={look} width="10" height="10" rx="2" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
      <div class="drawing">{children}</div>
      <figcaption>{caption}</figcaption>
      <details>
        <summary>As a table</summary>
        <Table {...table} />
      </details>
    </figure>
  );
}
