/**
 * What an anonymous export says of itself, checked.
 *
 * @module
 */

import { type ExportName, EXPORTS } from "../../core/exported.ts";
import { type Member, type MemberSeal, SEALED_MEMBER_SHAPE } from "./member_seal.ts";
import {
  FOREIGN,
  NOT_ANONYMOUS,
  OTHER_KEY,
  OTHER_VERSION,
  PARTS_OF_MONTHS,
  SEALED,
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
}

const SCHEMA = "blueplane.export/1";
const ID_SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const K_MIN = 2;
const DAY_MS = 86_400_000;

/**
 * Reads it.
 *
 * @param seal undefined where the team's key is not known
 * @throws {TeamFileError} when it is none of an anonymous export, or of another team
 */
export function readTeamHeader(value: unknown, seal: MemberSeal | undefined): TeamHeader {
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
  const days = daysOf(recordOf(period), told.exported_at);
  const member = told.member === undefined ? null : memberOf(told.member, seal);
  if (member !== null && !days.areWholeMonths) throw new TeamFileError(PARTS_OF_MONTHS);
  return {
    what: name,
    exportId: textOf(told.export_id, ID_SHAPE),
    member: member?.id ?? null,
    exportedAt: member?.exportedAt ?? days.exportedOn,
    firstMonth: days.firstMonth,
    lastMonth: days.lastMonth,
  };
}

function memberOf(told: unknown, seal: MemberSeal | undefined): Member {
  const sealed = textOf(told, SEALED_MEMBER_SHAPE);
  if (seal === undefined) throw new TeamFileError(SEALED);
  const member = seal.open(sealed);
  if (member === undefined) throw new TeamFileError(OTHER_KEY);
  return member;
}

/** Which months a period covers, and whether all of each, but for the one that is not over. */
function daysOf({ from: first = null, to: last }: Record<string, unknown>, exported: unknown) {
  const exportedOn = Date.parse(dayOf(exported));
  const from = first === null ? null : dayOf(first), to = dayOf(last), end = Date.parse(to);
  if (from !== null && from > to) throw new TeamFileError(FOREIGN);
  // The day of the export is told in UTC, that of a period may be local.
  const isRunning = end >= exportedOn - DAY_MS;
  const isOver = to.endsWith("-01") && end < exportedOn;
  return {
    exportedOn,
    firstMonth: from === null ? null : monthOf(Date.parse(from)),
    lastMonth: monthOf(isOver ? end - 1 : end),
    areWholeMonths: (from ?? "-01").endsWith("-01") && (isRunning || isOver),
  };
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

function dayOf(value: unknown): string {
  const text = textOf(value, /^20\d\d-\d\d-\d\d$/);
  if (Number.isNaN(Date.parse(text))) throw new TeamFileError(FOREIGN);
  return text;
}
