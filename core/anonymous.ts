/**
 * Makes a table anonymous by microaggregation (Domingo-Ferrer and Mateo-Sanz, 2002): rows that
 * are alike stand in groups of at least k sessions (or days), and every row gets what its
 * group has in common and the mean of its numbers. Whoever knows a session finds k rows that are
 * the same; sums and means stay what they are, but for rounding. Groups and how they are rounded
 * are drawn anew for each export.
 *
 * @module
 */

import { createHmac, randomBytes, randomInt } from "node:crypto";
import type { ExportCell, ExportColumn, ExportRow, ExportTable } from "./exported.ts";

/** What was done, as it stands in the file. */
export interface AnonymityStatement {
  /** Every row is the same as those of at least so many of what is named next. */
  readonly k: number;
  readonly units: "sessions" | "days";
  readonly method: "microaggregation";
  readonly times: "month";
  readonly ids: "removed";
  readonly projects: "keyed hash of this export alone";
}

/** An anonymous table, and what was done. */
export interface Anonymous {
  readonly table: ExportTable;
  readonly statement: AnonymityStatement;
  /** Rows that could not be made anonymous, as they were of too few sessions; so far. */
  readonly rowsLeftOut: () => number;
}

interface Row {
  readonly unit: string;
  /**
   * What is kept where a group agrees on it, the more important first; the last says which
   * numbers are known, so that those stand together.
   */
  readonly categories: readonly ExportCell[];
  readonly numbers: readonly (number | null)[];
}

interface Places {
  readonly unit: number;
  readonly categories: readonly { readonly at: number; readonly column: ExportColumn }[];
  readonly numbers: readonly { readonly at: number; readonly column: ExportColumn }[];
}

const SIGNIFICANT_DIGITS = 3;
const CHANCES = 1 << 20;
const TIMES: readonly ExportColumn["role"][] = ["time", "day"];
/** So many rows are in memory at once, and are made anonymous among themselves. */
const PART_ROWS = 50_000;

/**
 * Makes rows anonymous while they are asked for, many at a time.
 *
 * @param k how many sessions, or days, are behind every row at least
 */
export function anonymize(table: ExportTable, k: number): Anonymous {
  const places = placesOf(table.columns);
  const key = randomBytes(32);
  let leftOut = 0;
  const columns = anonymousColumns(table.columns);
  return {
    table: {
      columns,
      rows: {
        *[Symbol.iterator]() {
          for (const part of partsOf(table.rows)) {
            const rows = part.map(({ cells }) => rowOf(cells, places, key));
            const merged = shuffled(groupsOf(rows, k).flatMap(mergedRows));
            leftOut += rows.length - merged.length;
            for (const cells of merged) {
              const named = columns.map(({ name }, i) => [name, cells[i]] as const);
              yield { cells, document: Object.fromEntries(named) };
            }
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
      projects: "keyed hash of this export alone",
    },
    rowsLeftOut: () => leftOut,
  };
}

/** What of a table's columns an anonymous one has, in its order. */
export function anonymousColumns(columns: readonly ExportColumn[]): ExportColumn[] {
  const { categories, numbers } = placesOf(columns);
  return [...categories, ...numbers].map(({ column }) => anonymousColumn(column));
}

/** Parts of many rows; what is left at the end stands with the last of them. */
function* partsOf(rows: Iterable<ExportRow>): Generator<ExportRow[]> {
  let full: ExportRow[] = [], part: ExportRow[] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length < PART_ROWS) continue;
    if (full.length > 0) yield full;
    full = part;
    part = [];
  }
  yield [...full, ...part];
}

/**
 * Rows in groups of at least `k` units that are as alike as can be: they are divided by one
 * category after the other as long as every part has enough, and then by their numbers.
 *
 * @returns none where all rows together are of fewer than `k`
 */
export function groupsOf<T extends Row>(rows: readonly T[], k: number): T[][] {
  if (unitsOf(rows) < k) return [];
  return divide(rows, 0, k);
}

function divide<T extends Row>(rows: readonly T[], category: number, k: number): T[][] {
  if (category >= (rows[0]?.categories.length ?? 0)) return cut(rows, k);
  const parts = [...Map.groupBy(rows, ({ categories }) => categories[category]).values()];
  const large = parts.filter((part) => unitsOf(part) >= k);
  const few = parts.filter((part) => unitsOf(part) < k).flat();
  // Too few to stand alone, and there is nobody else to stand with: one part takes them in.
  const rest = few.length > 0 && unitsOf(few) < k ? few.concat(large.pop() ?? []) : few;
  return [...large, ...(rest.length > 0 ? [rest] : [])]
    .flatMap((part) => divide(part, category + 1, k));
}

/** Cuts rows that are alike in words into groups that are alike in size, beginning by chance. */
function cut<T extends Row>(rows: readonly T[], k: number): T[][] {
  const sorted = [...rows].sort((a, b) => sizeOf(a) - sizeOf(b));
  const start = randomInt(sorted.length);
  const turned = [...sorted.slice(start), ...sorted.slice(0, start)];
  const groups: T[][] = [];
  let group: T[] = [];
  let units = new Set<string>(), size = k + randomInt(k);
  for (const row of turned) {
    group.push(row);
    units.add(row.unit);
    if (units.size < size) continue;
    groups.push(group);
    group = [];
    units = new Set();
    size = k + randomInt(k);
  }
  if (units.size >= k) groups.push(group);
  else for (const row of group) groups.at(-1)!.push(row);
  return groups;
}

/** One cell for all rows of a group: what they have in common, and the means of the rest. */
function mergedRows(group: readonly Row[]): ExportCell[][] {
  const [first] = group;
  const categories = first!.categories.slice(0, -1).map((value, i) =>
    group.every((row) => row.categories[i] === value) ? value : null
  );
  // What is not known of one is not known of the group: sums would grow otherwise.
  const numbers = first!.numbers.map((_, i) => {
    if (group.some(({ numbers: of }) => of[i] === null)) return null;
    const sum = group.reduce((all, { numbers: of }) => all + of[i]!, 0);
    return rounded(sum / group.length);
  });
  return group.map(() => [...categories, ...numbers]);
}

/** Up or down by chance, up the more often the nearer that is: sums stay right on average. */
function rounded(mean: number): number {
  if (mean === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(mean))) + 1 - SIGNIFICANT_DIGITS);
  const steps = Math.floor(mean / step + randomInt(CHANCES) / CHANCES);
  return Number((steps * step).toPrecision(SIGNIFICANT_DIGITS));
}

function placesOf(columns: readonly ExportColumn[]): Places {
  const all = columns.map((column, at) => ({ at, column }));
  const order = ["category", "time", "day", "project"];
  return {
    unit: columns.findIndex(({ role }) => role === "unit" || role === "day"),
    categories: all
      .filter(({ column: { role } }) => role !== undefined && order.includes(role))
      .sort((a, b) => order.indexOf(a.column.role!) - order.indexOf(b.column.role!)),
    numbers: all.filter(({ column: { kind } }) => kind !== "text"),
  };
}

function rowOf(cells: readonly ExportCell[], places: Places, key: Uint8Array): Row {
  const numbers = places.numbers.map(({ at }) => {
    const value = cells[at] ?? null;
    return value === null ? null : Number(value);
  });
  const words = places.categories.map(({ at, column: { role } }) => {
    const value = cells[at] ?? null;
    if (value === null) return null;
    if (TIMES.includes(role)) return String(value).slice(0, "2026-11".length);
    if (role !== "project") return value;
    return createHmac("sha256", key).update(String(value)).digest("hex").slice(0, 16);
  });
  const known = numbers.map((value) => value === null ? "0" : "1").join("");
  return { unit: String(cells[places.unit]), categories: [...words, known], numbers };
}

/** A mean is no whole number, and of yes and no a share. */
function anonymousColumn({ name, kind, role }: ExportColumn): ExportColumn {
  if (kind !== "text") return { name, kind: "number" };
  return { name: TIMES.includes(role) ? "month" : role === "project" ? "project" : name, kind };
}

function unitsOf(rows: readonly Row[]): number {
  return new Set(rows.map(({ unit }) => unit)).size;
}

function sizeOf({ numbers }: Row): number {
  return numbers.reduce<number>((sum, value) => sum + Math.log1p(Math.abs(value ?? 0)), 0);
}

function shuffled<T>(list: readonly T[]): T[] {
  const random = new Float64Array(
    new Uint32Array(new Uint8Array(randomBytes(4 * list.length)).buffer),
  );
  return list.map((_, i) => i).sort((a, b) => random[a]! - random[b]!).map((i) => list[i]!);
}
