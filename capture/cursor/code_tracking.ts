/**
 * What Cursor tracks of code that it wrote: lines by request, and what share of a commit they are.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import type { Privacy } from "../../core/privacy.ts";

/** Lines of one request and kind of file, counted. */
export interface TrackedLines {
  readonly source: string | null;
  readonly fileExtension: string | null;
  readonly requestId: string | null;
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

/** A row of `scored_commits`. */
export type ScoredCommit = Readonly<Record<string, unknown>>;

/** The event of lines. */
export function trackedLines(_row: TrackedLines, _privacy: Privacy): TelemetryEvent[] {
  return [];
}

/** The event of a commit. */
export function scoredCommit(_row: ScoredCommit, _privacy: Privacy): TelemetryEvent[] {
  return [];
}
