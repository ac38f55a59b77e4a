/**
 * What Cursor tracks of code that it wrote: lines by request, and what share of a commit they are
 * (`~/.cursor/ai-tracking/ai-code-tracking.db`, and the latest commit in the global database).
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import { type Privacy, safeExtension, safeWord } from "../../core/privacy.ts";
import { countOf, type Json, textOf } from "../json_access.ts";
import { modelName } from "./bubble.ts";
import { epochMs } from "./composer.ts";
import { parseJson } from "./parse_json.ts";
import { SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

/**
 * Lines of one request and kind of file, counted: `ai_code_hashes` has a row for each line, and
 * gets all rows of a request at once.
 */
export interface TrackedLines {
  /** `tab`, `composer` or `human`. */
  readonly source: string | null;
  readonly fileExtension: string | null;
  readonly requestId: string | null;
  /** The composer; null for a completion. */
  readonly conversationId: string | null;
  readonly model: string | null;
  readonly lines: number;
  /** Milliseconds. */
  readonly firstAt: number;
}

/** Gives {@linkcode TrackedLines}. */
export const TRACKED_LINES_QUERY = `
  select source, fileExtension, requestId, conversationId, max(model) as model,
    count(*) as lines, min(ifnull(timestamp, createdAt)) as firstAt
  from ai_code_hashes group by source, fileExtension, requestId, conversationId`;

/** Columns of `scored_commits` that are read: no branch, no message. */
export const SCORED_COMMITS_QUERY = `
  select commitHash, scoredAt, linesAdded, linesDeleted, tabLinesAdded, tabLinesDeleted,
    composerLinesAdded, composerLinesDeleted, humanLinesAdded, humanLinesDeleted,
    blankLinesAdded, blankLinesDeleted from scored_commits`;

/** A row of `scored_commits`, or the latest commit: counts may be missing. */
export type ScoredCommit = Readonly<Record<string, unknown>>;

const SOURCES: ReadonlySet<string> = new Set(["tab", "composer", "human"]);
const COMMIT_COUNTS: Readonly<Record<string, string>> = {
  lines_added: "linesAdded",
  lines_removed: "linesDeleted",
  tab_lines_added: "tabLinesAdded",
  tab_lines_removed: "tabLinesDeleted",
  composer_lines_added: "composerLinesAdded",
  composer_lines_removed: "composerLinesDeleted",
  human_lines_added: "humanLinesAdded",
  human_lines_removed: "humanLinesDeleted",
  blank_lines_added: "blankLinesAdded",
  blank_lines_removed: "blankLinesDeleted",
};

/** The event of lines; none without a time. */
export function trackedLines(row: TrackedLines, privacy: Privacy): TelemetryEvent[] {
  const at = epochMs(row.firstAt);
  if (at === undefined) return [];
  const { conversationId: session, requestId: request, model } = row;
  const extension = (row.fileExtension ?? "").replace(/^\.?/, "");
  const payload: EventRecord = {
    source: safeWord(row.source ?? "", SOURCES),
    file_extension: safeExtension(extension === "" ? "file" : `file.${extension}`),
    lines: Math.max(0, countOf(row.lines)),
    ...(request ? { request_id: privacy.id(request) } : {}),
    ...(model ? { model: modelName(model) } : {}),
  };
  const events = new SessionEvents({ privacy, session: session || "tracked-code" });
  const id = ["tracked", request, session, row.source, row.fileExtension, payload.lines];
  return [events.make({ id, type: "tracked_lines", at, payload, undated: true })];
}

/** The event of a commit; none without a hash or a time. */
export function scoredCommit(row: ScoredCommit, privacy: Privacy): TelemetryEvent[] {
  const hash = textOf(row.commitHash) ?? textOf(row.hash);
  const at = epochMs(row.scoredAt) ?? epochMs(row.timestamp) ?? epochMs(row.commitDate);
  if (hash === undefined || at === undefined) return [];
  const commit = privacy.hash(`commit ${hash}`, 32);
  const counts = Object.entries(COMMIT_COUNTS).filter(([, column]) => row[column] != null)
    .map(([name, column]) => [name, Math.max(0, countOf(row[column]))] as const);
  const payload: EventRecord = { commit, ...Object.fromEntries(counts) };
  const events = new SessionEvents({ privacy, session: "tracked-code" });
  const id = ["commit", commit, counts];
  return [events.make({ id, type: "scored_commit", at, payload, undated: true })];
}

/** The event of the row `aiCodeTracking.recentCommit`. */
export function recentCommit(text: string, { privacy }: RowContext): TelemetryEvent[] {
  const json: Json = parseJson(text);
  const named = textOf(json.commitHash) ?? textOf(json.hash) ?? textOf(json.commit);
  return scoredCommit({ ...json, commitHash: named }, privacy);
}
