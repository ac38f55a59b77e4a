/**
 * The edits that an assistant proposed, each with what could be known of it beforehand and what
 * became of it.
 *
 * How many lines it changes is not among that: of an edit that was refused none are told, so that
 * they would give the answer away.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { isUnasked, JUDGED_COLUMNS, type JudgedCall, verdictOf } from "../edit_verdict.ts";
import {
  type EditFeatures,
  type FileState,
  type PartOfDay,
  PARTS_OF_DAY,
} from "../prediction_features.ts";
import type { Verdict } from "../session_counts.ts";

/** One proposed edit. */
export interface EditSeen {
  /** The number of its session. */
  readonly session: number;
  readonly at: number;
  readonly features: EditFeatures;
  readonly verdict: Verdict;
  /** Whether a person was to judge it, before or after it was made. */
  readonly judged: boolean;
}

/** A condition on sessions `s`. */
export interface SessionWhere {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

type Row = [
  session: number,
  at: number,
  key: number,
  isEdit: number,
  tool: number,
  extension: number | null,
  file: number | null,
  mode: number | null,
  side: number,
  ...judged: (number | null)[],
];

/** Edits of the sessions that are asked for, in the order of sessions and time. */
export function readEdits(
  db: Database,
  { sql, parameters }: SessionWhere,
  words: ReadonlyMap<number, string>,
): EditSeen[] {
  const rows = prepareArrays(
    db,
    `select t.session, t.at, t.key, t.is_edit, t.tool, t.extension, t.file, t.mode, t.side,
       ${JUDGED_COLUMNS.map((name) => `t.${name}`).join(", ")}
     from tool_calls t join sessions s on s.id = t.session
     where t.tool is not null and (t.is_edit = 1 or t.file is not null)
       and ${sql}`,
  ).all(...parameters) as unknown as Row[];
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const textOf = (number: number | null) => number === null ? null : words.get(number) ?? null;
  const where = { sql, parameters };
  const projects = readProjects(db, where), models = readMainModels(db, where);
  const edits: EditSeen[] = [];
  let session: number | undefined, seen = new Map<number, FileState>();
  for (const row of rows) {
    if (row[0] !== session) seen = new Map();
    session = row[0];
    const [, at, , isEdit, tool, extension, file, mode, side, ...of] = row;
    if (isEdit === 1) {
      const judged = judgedOf(of), modeText = textOf(mode);
      edits.push({
        session,
        at,
        features: {
          tool: textOf(tool),
          extension: textOf(extension),
          file: file === null ? null : seen.get(file) ?? "unseen",
          model: textOf(models.get(session) ?? null),
          mode: modeText,
          hour: partOfDay(new Date(at).getHours()),
          project: textOf(projects.get(session) ?? null),
          agent: side === 1 ? "sub-agent" : "main",
        },
        verdict: verdictOf(judged, modeText),
        judged: !isUnasked(judged, modeText) || judged.reviewed !== null,
      });
    }
    if (file !== null) seen.set(file, isEdit === 1 ? "changed" : seen.get(file) ?? "read");
  }
  return edits;
}

/** A part of the day by the hour of a user's clock. */
export function partOfDay(hour: number): PartOfDay {
  return PARTS_OF_DAY[Math.floor(hour / 6)]!;
}

function judgedOf(values: readonly (number | null)[]): JudgedCall {
  const named = JUDGED_COLUMNS.map((name, i) => [name, values[i] ?? null]);
  return Object.fromEntries(named) as unknown as JudgedCall;
}

function readProjects(
  db: Database,
  { sql, parameters }: SessionWhere,
): ReadonlyMap<number, number> {
  const rows = prepareArrays(
    db,
    `select s.id, s.project from sessions s where s.project is not null and ${sql}`,
  ).all(...parameters) as unknown as [number, number][];
  return new Map(rows);
}

/** Of each session the model that answered most. */
function readMainModels(
  db: Database,
  { sql, parameters }: SessionWhere,
): ReadonlyMap<number, number> {
  const rows = prepareArrays(
    db,
    `select x.session, x.member from sessions s
     join model_sums x on x.tier = 0 and x.bucket = 0 and x.session = s.id
     join words w on w.id = x.member
     where ${sql} order by x.session, x.messages, w.text desc`,
  ).all(...parameters) as unknown as [number, number][];
  return new Map(rows);
}
