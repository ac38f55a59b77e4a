/**
 * The tables of a session: models, tools and files.
 *
 * @module
 */

import { formatCount, formatLatency } from "../../core/format.ts";
import { MODEL_COLUMNS, modelRows } from "../../core/reports/model_rows.ts";
import type { SessionReport } from "../../core/reports/session_report.ts";
import type { ChartSigns } from "../charts/chart_look.ts";
import { type Column, type Paint, renderTable, shownColumns } from "../table.ts";
import { notesText } from "../wrap.ts";

const UNKNOWN = "–";

/** How a table is drawn. */
export interface TableLook {
  readonly paint: Paint;
  readonly signs: ChartSigns;
  readonly columns: number;
  /** How many rows at most, where not all are asked for. */
  readonly rowsMax: number | undefined;
}

/** A table before it is drawn. */
export interface PartSheet {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** What is said instead, where there are no rows. */
  readonly empty: string;
  readonly note?: string | undefined;
  /** Titles of the columns whose unknown values the note explains; by default it is of all. */
  readonly noteOn?: readonly string[];
}

/** A column of numbers, which may go where there is little room. */
function number(title: string, weight: number): Column {
  return { title, number: true, weight };
}

const TOOL_COLUMNS: readonly Column[] = [
  { title: "tool" },
  { title: "calls", number: true },
  number("ok", 3),
  number("failed", 8),
  number("refused", 7),
  number("other", 1),
  number("p50", 4),
  number("p95", 5),
  number("added", 6),
  number("removed", 2),
];
const FILE_COLUMNS: readonly Column[] = [
  { title: "files" },
  { title: "calls", number: true },
  number("changed", 5),
  number("added", 9),
  number("removed", 8),
  number("accepted", 7),
  number("rejected", 6),
  number("modified", 3),
  number("undone", 2),
  number("auto", 4),
  number("unknown", 1),
];

/** Tokens and cost by model, the dearest first. */
export function modelSheet({ session }: SessionReport): PartSheet {
  const columns = MODEL_COLUMNS.map((title, i): Column =>
    i === 0 ? { title } : title === "cost" ? { title, number: true } : number(title, i)
  );
  return { columns, rows: modelRows(session), empty: "No model answered." };
}

/** Calls by tool: how they ended, how long they took, what they changed. */
export function toolSheet({ tools }: SessionReport): PartSheet {
  const rows = tools.map(({ tool, uses, results, tool_ms, ...lines }) => [
    tool,
    formatCount(uses),
    formatCount(results.ok),
    formatCount(results.failed),
    formatCount(results.rejected),
    formatCount(
      results.interrupted + results.permission_denied + results.hook_blocked +
        results.cancelled_sibling,
    ),
    formatLatency(tool_ms?.p50),
    formatLatency(tool_ms?.p95),
    formatCount(lines.lines_added),
    formatCount(lines.lines_removed),
  ]);
  const isUntimed = tools.some(({ tool_ms }) => tool_ms === null);
  const why = `${UNKNOWN}: its assistant measured no time of these calls`;
  const note = isUntimed ? why : undefined;
  return {
    columns: TOOL_COLUMNS,
    rows,
    empty: "No tool was called.",
    note,
    noteOn: ["p50", "p95"],
  };
}

/** Files by extension: calls, lines, and what became of edits. */
export function fileSheet({ files }: SessionReport): PartSheet {
  const rows = files.map(({ extension, acceptance, ...counts }) => [
    extension,
    formatCount(counts.uses),
    formatCount(counts.files_touched),
    formatCount(counts.lines_added),
    formatCount(counts.lines_removed),
    formatCount(acceptance.accepted),
    formatCount(acceptance.rejected),
    formatCount(acceptance.modified),
    formatCount(acceptance.undone),
    formatCount(acceptance.auto),
    formatCount(acceptance.unknown),
  ]);
  return { columns: FILE_COLUMNS, rows, empty: "No call named a file." };
}

/** The table drawn, of at most as many rows as are asked for. */
export function sheetTable(
  { columns, rows, empty, note, noteOn }: PartSheet,
  { paint, columns: width, rowsMax = rows.length }: TableLook,
): string {
  if (rows.length === 0) return `${empty}\n`;
  const drawn = rows.slice(0, rowsMax);
  // What explains a sign is said where that has room.
  const isExplained = () =>
    noteOn === undefined || shownColumns(columns, drawn, width)
      .some((i) => noteOn.includes(columns[i]!.title) && drawn.some((row) => row[i] === UNKNOWN));
  const notes = [
    ...rowsMax < rows.length ? [`${rowsMax} of ${rows.length}`] : [],
    ...note === undefined || !isExplained() ? [] : [note],
  ];
  return renderTable(columns, drawn, paint, width) + notesText(notes, paint, width);
}
