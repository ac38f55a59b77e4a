/**
 * What of an anonymous export goes into an aggregate: by which texts its rows are grouped, which
 * numbers are taken, and which of those can be added up.
 *
 * @module
 */

import { anonymousColumns } from "../../core/anonymous.ts";
import type { ExportColumn, ExportName } from "../../core/exported.ts";
import { METRICS } from "../../core/metrics.ts";
import { readSafeText } from "../../core/privacy.ts";
import { dayColumns, sessionColumns, TURN_COLUMNS } from "../../core/reports/export_tables.ts";
import { EVENT_COLUMNS } from "../../pipeline/event_table.ts";
import { BROKEN, FOREIGN, NOT_ANONYMOUS, TeamFileError } from "./team_file_error.ts";

/** The columns of one kind of export. */
export interface TeamColumns {
  readonly groups: readonly string[];
  readonly numbers: readonly TeamNumberColumn[];
}

/** A number; a share, a ratio or a maximum has a mean, but no sum. */
export interface TeamNumberColumn {
  readonly name: string;
  readonly hasSum: boolean;
}

/** One row, in the order of {@linkcode TeamColumns}. */
export interface TeamRow {
  /** The texts by which it is grouped; null where nothing is told. */
  readonly keys: readonly (string | null)[];
  /** Null where it is not known. */
  readonly numbers: readonly (number | null)[];
}

const SOURCES: Readonly<Record<ExportName, () => readonly ExportColumn[]>> = {
  sessions: sessionColumns,
  metrics: dayColumns,
  conversations: () => TURN_COLUMNS,
  events: () => EVENT_COLUMNS,
};
const SUMMED_UNITS: ReadonlySet<string> = new Set(["count", "tokens", "lines", "usd", "ms"]);
/** What no anonymous row has. */
const TELLING = ["session_id", "event_id", "project_id", "started_at", "timestamp", "day"];
const WORDS_MAX = 20;
/** Larger than any true number; a sum of as many rows as there may be is still exact enough. */
const NUMBER_MAX = 1e15;

/** The columns of a kind of export. */
export function teamColumns(what: ExportName): TeamColumns {
  const columns = SOURCES[what](), anonymous = anonymousColumns(columns);
  const kinds = new Map(columns.map(({ name, kind }) => [name, kind]));
  const isOfCatalogue = what === "sessions" || what === "metrics";
  return {
    groups: anonymous.filter(({ name, kind }) => kind === "text" && name !== "project")
      .map(({ name }) => name),
    numbers: anonymous.filter(({ kind }) => kind !== "text").map(({ name }) => ({
      name,
      hasSum: isOfCatalogue ? isSum(name, what) : kinds.get(name) !== "flag",
    })),
  };
}

/** Those that the totals of `metrics` add up; a session of two days is one of each. */
function isSum(id: string, what: ExportName): boolean {
  const metric = METRICS.find((one) => one.id === id);
  return metric !== undefined && SUMMED_UNITS.has(metric.unit) && !id.includes("_per_") &&
    (metric.foundIn.metrics?.startsWith("totals.") ?? false) &&
    !(what === "metrics" && id.startsWith("sessions"));
}

/**
 * Takes of a row what is asked for, trusting nothing that stands in it.
 *
 * @throws {TeamFileError} when it is no anonymous row
 */
export function readTeamRow({ groups, numbers }: TeamColumns, row: unknown): TeamRow {
  if (typeof row !== "object" || row === null || !Object.hasOwn(row, "month")) {
    throw new TeamFileError(isTelling(row) ? NOT_ANONYMOUS : FOREIGN);
  }
  if (isTelling(row)) throw new TeamFileError(NOT_ANONYMOUS);
  const cellOf = (name: string) =>
    Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] ?? null : null;
  return {
    keys: groups.map((name) => keyOf(cellOf(name), name === "month")),
    numbers: numbers.map(({ name }) => numberOf(cellOf(name))),
  };
}

function isTelling(row: unknown): boolean {
  return typeof row === "object" && row !== null &&
    TELLING.some((name) => Object.hasOwn(row, name));
}

function keyOf(cell: unknown, isMonth: boolean): string | null {
  if (cell === null) return null;
  if (typeof cell !== "string") throw new TeamFileError(BROKEN);
  const words = cell.split(" ");
  const isFine = isMonth
    ? /^20\d\d-(0[1-9]|1[0-2])$/.test(cell)
    : words.length <= WORDS_MAX && words.every((word) => readSafeText(word) !== undefined);
  if (!isFine) throw new TeamFileError(BROKEN);
  return cell;
}

function numberOf(cell: unknown): number | null {
  if (cell === null) return null;
  const number = typeof cell === "bigint" ? Number(cell) : cell;
  if (typeof number === "number" && Math.abs(number) <= NUMBER_MAX) return number;
  throw new TeamFileError(BROKEN);
}
