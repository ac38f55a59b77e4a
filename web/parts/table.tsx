/**
 * A table that everybody can read: it has a caption, scrolls within its box, and leaves columns
 * out where the screen is narrow.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { Empty } from "./note.tsx";

/** One column. */
export interface Column {
  readonly title: Child;
  readonly isNumber?: boolean;
  /** Left out on screens as narrow as a phone's, a tablet's, or a laptop's. */
  readonly hidden?: "phone" | "tablet" | "laptop";
  /** Where a click on its head leads: to the same table sorted by it. */
  readonly href?: string;
  readonly sorted?: "ascending" | "descending";
}

/** What a table shows. */
export interface TableProps {
  /** What it tells; read out before it, and seen where `isCaptionSeen`. */
  readonly caption: string;
  readonly isCaptionSeen?: boolean;
  readonly columns: readonly Column[];
  /** Cells by row; the first of each row is its head. */
  readonly rows: readonly (readonly Child[])[];
  /** Said where there are no rows. */
  readonly empty?: Child;
}

/** The table. */
export function Table({ caption, isCaptionSeen, columns, rows, empty }: TableProps) {
  if (rows.length === 0) return <Empty>{empty ?? "Nothing in this period."}</Empty>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={`${caption}: table`}>
      <table>
        <caption class={isCaptionSeen ? "" : "unseen"}>{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <Head column={column} />)}</tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell, i) => {
                const look = lookOf(columns[i]);
                return i === 0
                  ? <th scope="row" {...look}>{cell}</th>
                  : <td {...look}>{cell}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ column }: { column: Column }) {
  const { title, href, sorted } = column;
  const mark = sorted === undefined ? "" : sorted === "ascending" ? " ▲" : " ▼";
  return (
    <th scope="col" {...lookOf(column)} {...(sorted ? { "aria-sort": sorted } : {})}>
      {href === undefined ? title : <a href={href}>{title}{mark}</a>}
    </th>
  );
}

/** The class of a column's cells. */
export function lookOf(column: Column | undefined): { class?: string } {
  const { isNumber, hidden } = column ?? {};
  const names = [isNumber ? "number" : "", hidden ? `not-${hidden}` : ""].filter(Boolean);
  return names.length === 0 ? {} : { class: names.join(" ") };
}
