/**
 * What many anonymous exports come to together: the document that `team aggregate` writes and
 * the dashboard opens.
 *
 * @module
 */

import { type ExportName, EXPORTS } from "./exported.ts";

/** The document. */
export interface TeamAggregate {
  readonly schema: typeof TEAM_SCHEMA;
  readonly version: string;
  /** A day of UTC. */
  readonly made_on: string;
  /** No number is of fewer members. */
  readonly min_members: number;
  /** By what the rows of all exports were chosen; none where they are of all. */
  readonly filters: TeamFilters;
  readonly files: TeamFiles;
  /** A part for each kind of export. */
  readonly parts: readonly TeamPart[];
}

/** Filters that all exports have. */
export interface TeamFilters {
  readonly platform?: string;
  readonly model?: string;
}

/** What became of the files. */
export interface TeamFiles {
  readonly given: number;
  /** Those of which something counts. */
  readonly counted: number;
  /** Those of which nothing counts, as the same or a newer export tells it. */
  readonly replaced: number;
  /** Those that cannot be taken, by their place among the arguments, from 1 on. */
  readonly refused: readonly { readonly file: number; readonly reason: string }[];
}

/** What exports of one kind come to. */
export interface TeamPart {
  readonly what: ExportName;
  readonly members: number;
  /** Exports that count; those without a member are no member's. */
  readonly exports: number;
  readonly exports_without_member: number;
  /** Null where they are of fewer than `min_members`. */
  readonly totals: TeamGroup | null;
  /** By month, platform and so on; together each list is the whole. */
  readonly groups: Readonly<Record<string, readonly TeamGroup[]>>;
}

/** Rows together. */
export interface TeamGroup {
  /** Null for the whole, and for the rest: what tells nothing, or is of too few members. */
  readonly key: string | null;
  readonly members: number;
  readonly rows: number;
  /** By the names of the export; null where it is not known, or of too few members. */
  readonly numbers: Readonly<Record<string, TeamNumber | null>>;
}

/** One number of many rows. */
export interface TeamNumber {
  /** Null where a sum means nothing, as of shares. */
  readonly sum: number | null;
  /** Of the rows that know it. */
  readonly mean: number;
  /** Those rows, and the members whose they are. */
  readonly n: number;
  readonly members: number;
}

/** Its name. */
export const TEAM_SCHEMA = "blueplane.team/1";

/** What rows are, for people. */
export const TEAM_ROWS: Readonly<Record<ExportName, string>> = {
  sessions: "session",
  metrics: "day",
  conversations: "turn",
  events: "event",
};

/** The numbers that tell most, for screens; those that a document does not have are left out. */
export const TEAM_HEADLINES = [
  "user_prompts",
  "tool_uses",
  "tokens_output",
  "lines_added",
  "edits_accepted",
  "cost_usd",
  "responses",
  "tool_calls",
  "failed",
  "duration_ms",
] as const;

/** Of what it is, for people: ` of cursor alone`; empty where it is of all. */
export function scopeText({ platform, model }: TeamFilters): string {
  const parts = [platform, model].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` of ${parts.join(", ")} alone`;
}

/** The headlines that a part has, at most so many. */
export function teamHeadlines({ totals }: TeamPart, most = 6): string[] {
  return TEAM_HEADLINES.filter((name) => totals?.numbers[name]).slice(0, most);
}

/** Groups of a document that are read at most, over all. */
const GROUPS_MAX = 10_000;
const NUMBERS_MAX = 1000;
const TEXT_MAX = 500;

/**
 * Takes a document that somebody else may have made.
 *
 * @throws {TypeError} when it is none
 */
export function readTeamAggregate(value: unknown): TeamAggregate {
  const { schema, version, made_on, min_members, filters = {}, files, parts } = recordOf(value);
  if (schema !== TEAM_SCHEMA) throw noAggregate();
  const { given, counted, replaced, refused } = recordOf(files);
  let groupsLeft = GROUPS_MAX;
  const groupOf = (group: unknown): TeamGroup => {
    if (groupsLeft-- <= 0) throw noAggregate();
    const { key, members, rows, numbers } = recordOf(group);
    return {
      key: key === null ? null : textOf(key),
      members: countOf(members),
      rows: countOf(rows),
      numbers: mapped(numbers, (one) => one === null ? null : numberOf(one)),
    };
  };
  return {
    schema: TEAM_SCHEMA,
    version: textOf(version),
    made_on: textOf(made_on),
    min_members: countOf(min_members),
    filters: mapped(filters, textOf),
    files: {
      given: countOf(given),
      counted: countOf(counted),
      replaced: countOf(replaced),
      refused: listOf(refused).map((one) => {
        const { file, reason } = recordOf(one);
        return { file: countOf(file), reason: textOf(reason) };
      }),
    },
    parts: listOf(parts).map((part) => {
      const { what, members, exports, exports_without_member, totals, groups } = recordOf(part);
      const name = EXPORTS.find((one) => one === what);
      if (name === undefined) throw noAggregate();
      return {
        what: name,
        members: countOf(members),
        exports: countOf(exports),
        exports_without_member: countOf(exports_without_member),
        totals: totals === null ? null : groupOf(totals),
        groups: mapped(groups, (list) => listOf(list).map(groupOf)),
      };
    }),
  };
}

function numberOf(value: unknown): TeamNumber {
  const { sum, mean, n, members } = recordOf(value);
  if (typeof mean !== "number" || sum !== null && typeof sum !== "number") throw noAggregate();
  return { sum, mean, n: countOf(n), members: countOf(members) };
}

function mapped<T>(value: unknown, read: (value: unknown) => T): Record<string, T> {
  const entries = Object.entries(recordOf(value));
  if (entries.length > NUMBERS_MAX) throw noAggregate();
  return Object.fromEntries(entries.map(([name, one]) => [textOf(name), read(one)]));
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw noAggregate();
  return value as Record<string, unknown>;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > GROUPS_MAX) throw noAggregate();
  return value;
}

function countOf(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw noAggregate();
  return Number(value);
}

function textOf(value: unknown): string {
  if (typeof value !== "string" || value.length > TEXT_MAX) throw noAggregate();
  return value;
}

function noAggregate(): TypeError {
  return new TypeError("Cannot open the file: it is no aggregate of a team");
}
