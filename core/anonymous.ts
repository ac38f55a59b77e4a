/**
 * Makes a table anonymous by microaggregation (Domingo-Ferrer and Mateo-Sanz, 2002): rows that
 * are alike stand in groups of at least k sessions (or days), and every row gets what its
 * group has in common and the mean of its numbers. Whoever knows a session finds k rows that are
 * the same; sums and means stay what they are, but for rounding. Groups and how they are rounded
 * are drawn anew for each export. All rows are made anonymous among each other, as many as there
 * are: they wait on disk.
 *
 * @module
 */

import { createHmac, randomBytes, randomInt } from "node:crypto";
import { type Combination, Combinations } from "./anonymous/alike.ts";
import { Group } from "./anonymous/group.ts";
import { Scratch, type ScratchRow } from "./anonymous/scratch.ts";
import {
  ANONYMOUS_PROJECTS,
  type ExportCell,
  type ExportColumn,
  type ExportRow,
  type ExportTable,
} from "./exported.ts";
import { isFullError } from "./sqlite_error.ts";

/** What was done, as it stands in the file. */
export interface AnonymityStatement {
  /** Every row is the same as those of at least so many of what is named next. */
  readonly k: number;
  readonly units: "sessions" | "days";
  readonly method: "microaggregation";
  readonly times: "month";
  readonly ids: "removed";
  readonly projects: typeof ANONYMOUS_PROJECTS;
}

/** An anonymous table, and what was done. */
export interface Anonymous {
  readonly table: ExportTable;
  readonly statement: AnonymityStatement;
  /** Rows that could not be made anonymous, as they were of too few sessions; so far. */
  readonly rowsLeftOut: () => number;
}

interface Places {
  readonly unit: number;
  readonly categories: readonly { readonly at: number; readonly column: ExportColumn }[];
  readonly numbers: readonly { readonly at: number; readonly column: ExportColumn }[];
}

const TIMES: readonly ExportColumn["role"][] = ["time", "day"];

/** How rows are made anonymous. */
export interface AnonymityChoices {
  /** How many sessions, or days, are behind every row at least. */
  readonly k: number;
  /**
   * Whether no month that has enough of them shares a row with another one, so that a newer
   * export can replace it. Rows of the other months stand together, or are left out.
   */
  readonly monthsApart: boolean;
}

/** Makes rows anonymous once they are asked for; the first comes after all were read. */
export function anonymize(table: ExportTable, { k, monthsApart }: AnonymityChoices): Anonymous {
  const places = placesOf(table.columns, monthsApart);
  const columns = namedColumns(places);
  let leftOut = 0;
  return {
    table: {
      columns,
      rows: {
        *[Symbol.iterator]() {
          using scratch = new Scratch();
          leftOut = merge(table.rows, places, { k, monthsApart }, scratch);
          for (const cells of scratch.shuffled()) {
            const named = columns.map(({ name }, i) => [name, cells[i]] as const);
            yield { cells, document: Object.fromEntries(named) };
          }
        },
      },
    },
    statement: {
      k,
      units: table.columns[places.unit]?.role === "day" ? "days" : "sessions",
      method: "microaggregation",
      times: "month",
      ids: "removed",
      projects: ANONYMOUS_PROJECTS,
    },
    rowsLeftOut: () => leftOut,
  };
}

/** What of a table's columns an anonymous one has, in its order. */
export function anonymousColumns(columns: readonly ExportColumn[]): ExportColumn[] {
  return namedColumns(placesOf(columns, false));
}

function namedColumns({ categories, numbers }: Places): ExportColumn[] {
  return [...categories, ...numbers].map(({ column }) => anonymousColumn(column));
}

/** Puts the merged rows into the scratch. @returns how many rows are in no group */
function merge(
  rows: Iterable<ExportRow>,
  places: Places,
  { k, monthsApart }: AnonymityChoices,
  scratch: Scratch,
): number {
  const combinations = new Combinations(k), nameOf = projectNames(places);
  let read = 0, kept = 0;
  try {
    scratch.fill(scratchRows(rows, places, combinations, () => read++));
    scratch.divide(monthsApart ? combinations.partsApart() : combinations.parts());
    const groups = cutRows(scratch.bySize(), combinations, k);
    scratch.keep(groups.map((group) => {
      kept += group.rows;
      return { cells: nameOf(group.cells()), rows: group.rows };
    }));
  } catch (error) {
    if (!isFullError(error)) throw error;
    const reason = "the disk for temporary files is full; free some space";
    throw new Error(`Cannot make rows anonymous: ${reason}`, { cause: error });
  }
  return read - kept;
}

function* scratchRows(
  rows: Iterable<ExportRow>,
  places: Places,
  combinations: Combinations,
  count: () => void,
): Generator<ScratchRow> {
  for (const { cells } of rows) {
    const unit = String(cells[places.unit]);
    const numbers = Float64Array.from(places.numbers, ({ at }) => {
      const value = cells[at] ?? null;
      return value === null ? NaN : Number(value);
    });
    yield { unit, combination: combinations.add(wordsOf(cells, numbers, places), unit), numbers };
    count();
  }
}

/** Cuts rows that are alike in words into groups that are alike in size, of k units or more. */
function* cutRows(
  rows: Iterable<ScratchRow & { readonly part: number }>,
  combinations: Combinations,
  k: number,
): Generator<Group> {
  // The last whole one waits: it takes in what is left at the end of its part.
  let part = -1, size = k, whole: Group | undefined, open: Group | undefined;
  for (const { part: of, unit, combination, numbers } of rows) {
    if (of !== part) yield* finished(whole, open, k);
    if (of !== part) whole = open = undefined;
    part = of;
    if (!open) size = k + randomInt(k);
    open ??= new Group();
    open.add({ unit, categories: combinations.categoriesOf(combination), numbers });
    if (open.units.size < size) continue;
    if (whole) yield whole;
    whole = open;
    open = undefined;
  }
  yield* finished(whole, open, k);
}

/** The last groups of a part. */
function* finished(
  whole: Group | undefined,
  open: Group | undefined,
  k: number,
): Generator<Group> {
  if (whole && open && open.units.size < k) {
    whole.join(open);
    open = undefined;
  }
  if (whole) yield whole;
  if (open) yield open;
}

function placesOf(columns: readonly ExportColumn[], monthsFirst: boolean): Places {
  const all = columns.map((column, at) => ({ at, column }));
  const order = monthsFirst
    ? ["time", "day", "category", "project"]
    : ["category", "time", "day", "project"];
  return {
    unit: columns.findIndex(({ role }) => role === "unit" || role === "day"),
    categories: all
      .filter(({ column: { role } }) => role !== undefined && order.includes(role))
      .sort((a, b) => order.indexOf(a.column.role!) - order.indexOf(b.column.role!)),
    numbers: all.filter(({ column: { kind } }) => kind !== "text"),
  };
}

function wordsOf(
  cells: readonly ExportCell[],
  numbers: Float64Array,
  { categories }: Places,
): Combination {
  return {
    categories: categories.map(({ at, column: { role } }) => {
      const value = cells[at] ?? null;
      const isTime = value !== null && TIMES.includes(role);
      return isTime ? String(value).slice(0, "2026-11".length) : value;
    }),
    known: Array.from(numbers, (value) => Number.isNaN(value) ? "0" : "1").join(""),
  };
}

/** Gives the cells of merged rows names of projects that no other export has. */
function projectNames({ categories }: Places): (cells: ExportCell[]) => ExportCell[] {
  const at = categories.findIndex(({ column: { role } }) => role === "project");
  const key = randomBytes(32);
  return (cells) => {
    const project = at < 0 ? null : cells[at] ?? null;
    if (project === null) return cells;
    const name = createHmac("sha256", key).update(String(project)).digest("hex").slice(0, 16);
    return cells.with(at, name);
  };
}

/** A mean is no whole number, and of yes and no a share. */
function anonymousColumn({ name, kind, role }: ExportColumn): ExportColumn {
  if (kind !== "text") return { name, kind: "number" };
  return { name: TIMES.includes(role) ? "month" : role === "project" ? "project" : name, kind };
}
