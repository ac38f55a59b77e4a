/**
 * What an anonymous export says of itself, checked.
 *
 * @module
 */

import { type ExportName, EXPORTS } from "../../core/exported.ts";
import { type ExportScope, readScope } from "../exports/export_scope.ts";
import {
  FOREIGN,
  NOT_ANONYMOUS,
  OTHER_VERSION,
  PARTS_OF_MONTHS,
  TeamFileError,
} from "./team_file_error.ts";

/** The header of an export. */
export interface TeamHeader {
  readonly what: ExportName;
  readonly exportId: string;
  /** The same in all exports of a member of the team; null for one who is none. */
  readonly member: string | null;
  /** Milliseconds since 1970 UTC; of one who is no member the day's begin. */
  readonly exportedAt: number;
  /** The months that it covers: `2026-11`; no first one for all that was before, too. */
  readonly firstMonth: string | null;
  readonly lastMonth: string;
  /** By what its rows were chosen, but for the period. */
  readonly scope: ExportScope;
}

const SCHEMA = "blueplane.export/1";
const MEMBER_SHAPE = /^[0-9a-f]{32}$/;
const ID_SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const K_MIN = 2;
const DAY_MS = 86_400_000;
const DAY_SHAPE = /^20\d\d-\d\d-\d\d$/;
const MOMENT_SHAPE = /^20\d\d-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

/** Reads it. @throws {TeamFileError} when it is none of an anonymous export */
export function readTeamHeader(value: unknown): TeamHeader {
  const { schema, what, period, anonymized, ...told } = recordOf(value);
  if (
    typeof schema === "string" && schema !== SCHEMA && /^blueplane\.export\/\d+$/.test(schema)
  ) {
    throw new TeamFileError(OTHER_VERSION);
  }
  const name = EXPORTS.find((one) => one === what);
  if (schema !== SCHEMA || name === undefined) throw new TeamFileError(FOREIGN);
  const { k, method } = recordOf(anonymized, NOT_ANONYMOUS);
  if (typeof k !== "number" || k < K_MIN || method !== "microaggregation") {
    throw new TeamFileError(NOT_ANONYMOUS);
  }
  const exportedAt = timeOf(told.exported_at, MOMENT_SHAPE);
  const { areWholeMonths, ...months } = monthsOf(recordOf(period), exportedAt);
  const member = told.member === undefined ? null : textOf(told.member, MEMBER_SHAPE);
  if (member !== null && !areWholeMonths) throw new TeamFileError(PARTS_OF_MONTHS);
  const scope = readScope(told.filters);
  if (scope === undefined) throw new TeamFileError(FOREIGN);
  const exportId = textOf(told.export_id, ID_SHAPE);
  return { what: name, exportId, member, exportedAt, ...months, scope };
}

/** Which months a period covers, and whether all of each, but for the one that is not over. */
function monthsOf({ from: first = null, to: last }: Record<string, unknown>, exported: number) {
  const from = first === null ? null : timeOf(first, DAY_SHAPE), to = timeOf(last, DAY_SHAPE);
  if (from !== null && from > to) throw new TeamFileError(FOREIGN);
  // The moment of the export is of UTC, the days of a period may be local.
  const isRunning = to >= exported - 2 * DAY_MS;
  const isOver = isMonthStart(to) && to < exported;
  return {
    firstMonth: from === null ? null : monthOf(from),
    lastMonth: monthOf(isOver ? to - 1 : to),
    areWholeMonths: (from === null || isMonthStart(from)) && (isRunning || isOver),
  };
}

/** The month that is so many later: `2026-12` after `2026-11`. */
export function monthBeside(month: string, step: number): string {
  const [year, number] = month.split("-").map(Number);
  return monthOf(Date.UTC(year!, number! - 1 + step));
}

function isMonthStart(time: number): boolean {
  return new Date(time).getUTCDate() === 1;
}

function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, "2026-11".length);
}

function recordOf(value: unknown, reason = FOREIGN): Record<string, unknown> {
  if (typeof value === "object" && value !== null) return { ...value };
  throw new TeamFileError(reason);
}

function textOf(value: unknown, shape: RegExp): string {
  if (typeof value === "string" && shape.test(value)) return value;
  throw new TeamFileError(FOREIGN);
}

function timeOf(value: unknown, shape: RegExp): number {
  const time = Date.parse(textOf(value, shape));
  if (Number.isNaN(time)) throw new TeamFileError(FOREIGN);
  return time;
}
