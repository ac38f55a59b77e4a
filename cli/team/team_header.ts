/**
 * What an anonymous export says of itself, checked.
 *
 * @module
 */

import { type ExportName, EXPORTS } from "../../core/exported.ts";
import { FOREIGN, NOT_ANONYMOUS, OTHER_VERSION, TeamFileError } from "./team_file_error.ts";

/** The header of an export. */
export interface TeamHeader {
  readonly what: ExportName;
  readonly exportId: string;
  /** The same in all exports of a member of the team; null for one who is none. */
  readonly member: string | null;
  /** Days of UTC: `2026-11-26`. */
  readonly exportedOn: string;
  /** The first day; null for all that was before, too. */
  readonly from: string | null;
  /** The day on which the period ends. */
  readonly to: string;
}

const SCHEMA = "blueplane.export/1";
const MEMBER_SHAPE = /^[0-9a-f]{32}$/;
const ID_SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const K_MIN = 2;

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
  const { from = null, to } = recordOf(period);
  const header = {
    what: name,
    exportId: textOf(told.export_id, ID_SHAPE),
    member: told.member === undefined ? null : textOf(told.member, MEMBER_SHAPE),
    exportedOn: dayOf(told.exported_at),
    from: from === null ? null : dayOf(from),
    to: dayOf(to),
  };
  if (header.from !== null && header.from > header.to) throw new TeamFileError(FOREIGN);
  return header;
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
