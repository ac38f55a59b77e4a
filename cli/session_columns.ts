/**
 * What a table of sessions tells of each: that by which they are sorted stands in it, whatever
 * else has no room.
 *
 * @module
 */

import { costText } from "../core/cost_text.ts";
import { formatAgo, formatCount, formatDuration, formatShare } from "../core/format.ts";
import { isOutputOpen } from "../core/reports/output_bound.ts";
import type { SessionSort } from "../core/reports/report_choices.ts";
import type { Session } from "../core/reports/sessions_report.ts";
import { toldTokens } from "../core/reports/told_tokens.ts";
import type { Column } from "./table.ts";

/** A column with its text in the row of a session. */
export interface SessionColumn extends Column {
  readonly text: (session: Session, now: number) => string;
}

const ID_CHARACTERS = 8;
const UNKNOWN = "–";

/** By what sessions are sorted where each is shown; the first two columns always stay. */
const ALL: readonly (SessionColumn & {
  readonly sort?: SessionSort;
  /** Shown where it is sorted by, and nowhere else. */
  readonly rare?: true;
})[] = [
  { title: "session", text: ({ session_id: id }) => id.slice(0, ID_CHARACTERS) },
  { title: "project", cuts: true, text: projectText },
  {
    title: "began",
    sort: "started",
    rare: true,
    text: (session, now) => agoText(session.started_at, now),
  },
  { title: "last", sort: "recent", weight: 8, text: (one, now) => agoText(one.ended_at, now) },
  {
    title: "length",
    sort: "duration",
    weight: 3,
    text: ({ duration_ms: ms }) => ms === null ? UNKNOWN : formatDuration(ms),
  },
  {
    title: "prompts",
    sort: "prompts",
    weight: 5,
    text: ({ user_prompts }) => formatCount(user_prompts),
  },
  { title: "tools", sort: "tools", weight: 6, text: ({ tool_uses }) => formatCount(tool_uses) },
  {
    title: "failed",
    sort: "failed",
    rare: true,
    text: ({ tool_results_by_kind: kinds }) => formatCount(kinds?.failed),
  },
  {
    title: "refused",
    sort: "rejected",
    weight: 2,
    text: ({ tool_results_by_kind: kinds }) => formatCount(kinds?.rejected),
  },
  {
    title: "lines added",
    sort: "lines",
    rare: true,
    text: ({ lines_added }) => formatCount(lines_added),
  },
  {
    title: "accepted",
    sort: "acceptance",
    weight: 4,
    text: ({ acceptance }) => formatShare(acceptance.rate),
  },
  {
    title: "output",
    sort: "tokens",
    weight: 7,
    text: (session) =>
      (isOutputOpen(session) ? "≥" : "") + formatCount(toldTokens(session).output),
  },
  {
    title: "cost",
    sort: "cost",
    weight: 9,
    text: (session) => costText(session),
  },
];

/** The columns of a list that is sorted so. */
export function sessionColumns(sortedBy: SessionSort): SessionColumn[] {
  return ALL.filter(({ sort, rare }) => !rare || sort === sortedBy)
    .map(({ sort, rare: _, weight, ...column }) => ({
      ...column,
      ...sort === undefined ? {} : { number: true },
      // Without weight it stays.
      ...weight === undefined || sort === sortedBy ? {} : { weight },
    }));
}

function projectText({ project_label, project_id }: Session): string {
  return project_label ?? project_id?.slice(0, ID_CHARACTERS) ?? UNKNOWN;
}

function agoText(at: string | null, now: number): string {
  return at === null ? UNKNOWN : formatAgo(Date.parse(at), now);
}
