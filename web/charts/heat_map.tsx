/**
 * How much there is of each of two things together, by the strength of a colour: hours of the
 * week, tools by hour.
 *
 * @module
 */

import { heatClass, short } from "./scale.ts";

/** What the map shows. */
export interface HeatMapProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Every how manyeth column is named. */
  readonly namedEvery: number;
  /** Null is not known. */
  value(row: number, column: number): number | null;
  format(value: number): string;
}

const CELL = 14, GAP = 2;
const TEXT_WIDTH = 7;

/** The map; a cell says its number where the pointer rests. */
export function HeatMap({ label, rows, columns, namedEvery, value, format }: HeatMapProps) {
  const left = Math.max(...rows.map((name) => name.length)) * TEXT_WIDTH + 4, up = 14;
  const width = left + columns.length * CELL, height = up + rows.length * CELL;
  const values = rows.map((_, row) => columns.map((_, column) => value(row, column)));
  const top = Math.max(0, ...values.flat().map((each) => each ?? 0));
  const place = (row: number, column: number) => ({
    x: short(left + column * CELL),
    y: short(up + row * CELL),
  });
  const side = CELL - GAP;
  const empty = values.flatMap((of, row) =>
    of.map((each, column) => each ? "" : squareAt(place(row, column), side))
  ).join("");
  return (
    <svg class="heat" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {columns.map((name, column) =>
        column % namedEvery === 0 ? <text {...place(-1, column)} dy="10">{name}</text> : null
      )}
      {rows.map((name, row) => <text x="0" y={up + row * CELL} dy="10">{name}</text>)}
      <path class="h0" d={empty} />
      {values.map((of, row) =>
        of.map((each, column) =>
          each
            ? (
              <rect class={heatClass(each, top)} {...place(row, column)}>
                <title>{`${rows[row]} ${columns[column]}: ${format(each)}`}</title>
              </rect>
            )
            : null
        )
      )}
    </svg>
  );
}

function squareAt({ x, y }: { x: string; y: string }, side: number): string {
  return `M${x} ${y}h${side}v${side}h-${side}z`;
}
