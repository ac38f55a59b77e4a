/**
 * Rows with a bar each: shares of a whole, or rates with how sure they are.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { seriesClass, short } from "../charts/scale.ts";
import { Empty } from "./note.tsx";
import { type Column, lookOf } from "./table.tsx";

/** One row. */
export interface ShareRow {
  readonly name: Child;
  /** Between 0 and 1; null is not known. */
  readonly share: number | null;
  /** The interval in which it lies. */
  readonly low?: number;
  readonly high?: number;
  /** Cells behind the bar. */
  readonly cells: readonly Child[];
}

/** What the rows show. */
export interface ShareBarsProps {
  readonly caption: string;
  /** Heads: of the names, and of the cells; some are left out on narrow screens. */
  readonly columns: readonly (string | Pick<Column, "title" | "hidden">)[];
  readonly rows: readonly ShareRow[];
  /** Whether each row has the colour that its place has in other charts. */
  readonly isColoured?: boolean;
  readonly empty?: string;
}

/** A table whose bars are drawn: it needs no other. */
export function ShareBars({ caption, columns, rows, isColoured, empty }: ShareBarsProps) {
  if (rows.length === 0) return <Empty>{empty ?? "Nothing in this period."}</Empty>;
  const [first, ...rest] = columns.map((column) =>
    typeof column === "string" ? { title: column } : column
  );
  const looks = rest.map((column) => lookOf({ ...column, isNumber: true }));
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={`${caption}: table`}>
      <table class="shares">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first?.title}</th>
            <td class="not-phone"></td>
            {rest.map(({ title }, i) => <th scope="col" {...looks[i]}>{title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr>
              <th scope="row">{row.name}</th>
              <td class="bar not-phone">
                <Bar row={row} look={isColoured ? seriesClass(place) : "s1"} />
              </td>
              {row.cells.map((cell, i) => <td {...looks[i]}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ row: { share, low, high }, look }: { row: ShareRow; look: string }) {
  const has = low !== undefined && high !== undefined;
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="10" rx="1" />
      {share === null
        ? null
        : <rect class={look} width={short(share * 100)} height="10" rx="1" />}
      {has ? <path class="interval" d={`M${short(low * 100)} 5H${short(high * 100)}`} /> : null}
    </svg>
  );
}
