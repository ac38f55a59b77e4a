/**
 * Reads what changed in the database in which Cursor tracks code that it wrote. Lines are counted
 * by SQLite, since those that are known; commits are few, and read again when one of them changed.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import type { Privacy } from "../../core/privacy.ts";
import {
  SCORED_COMMITS_QUERY,
  type ScoredCommit,
  scoredCommit,
  TRACKED_LINES_QUERY,
  type TrackedLines,
  trackedLines,
} from "./code_tracking.ts";
import { type Anchor, findAnchor, lastRow, makeAnchors } from "./row_anchors.ts";
import { hasColumns } from "./table_shape.ts";

/** From where to go on. */
export interface TrackingMark {
  /** The highest one is the last line that is known. */
  readonly lines?: readonly Anchor[];
  /** Hash of all commits. */
  readonly commits?: string;
}

/** Events of a step, and the mark behind it. */
export interface TrackingPage {
  readonly events: readonly TelemetryEvent[];
  readonly rows: number;
  readonly mark: TrackingMark;
}

const LINES = { table: "ai_code_hashes", says: "hash" };
const COMMITS = "scored_commits";
const COLUMNS = "source, fileExtension, requestId, conversationId, model, timestamp, createdAt";
const PAGE_ROWS = 500;
const HASH_DIGITS = 16;

/** Yields what changed since `mark`, and at last a page with the mark behind all. */
export function* changedTracking(
  db: Database,
  mark: TrackingMark,
  privacy: Privacy,
): Generator<TrackingPage> {
  let known = mark;
  if (hasColumns(db, LINES.table, ["hash", ...COLUMNS.split(", ")])) {
    const from = findAnchor(db, LINES, mark.lines ?? [], privacy) ?? 0;
    const to = lastRow(db, LINES);
    const lines = from < to ? selectLines(db, from, to) : [];
    yield* inPages(lines, (row) => trackedLines(row, privacy), known);
    known = { ...known, lines: makeAnchors(db, LINES, to, privacy) };
  }
  if (hasColumns(db, COMMITS, columnsOf(SCORED_COMMITS_QUERY))) {
    const commits = db.prepare(SCORED_COMMITS_QUERY).all() as ScoredCommit[];
    const hash = privacy.hash(`commits ${JSON.stringify(commits)}`, HASH_DIGITS);
    if (hash !== mark.commits) {
      yield* inPages(commits, (row) => scoredCommit(row, privacy), known);
    }
    known = { ...known, commits: hash };
  }
  yield { events: [], rows: 0, mark: known };
}

/** The query sees the rows between two numbers under the name of their table. */
function selectLines(db: Database, above: number, upTo: number): TrackedLines[] {
  return db.prepare(
    `with ${LINES.table} as (
       select ${COLUMNS} from main.${LINES.table} where rowid > ? and rowid <= ?
     ) ${TRACKED_LINES_QUERY}`,
  ).all(above, upTo) as unknown as TrackedLines[];
}

function* inPages<Row>(
  rows: readonly Row[],
  project: (row: Row) => readonly TelemetryEvent[],
  mark: TrackingMark,
): Generator<TrackingPage> {
  for (let at = 0; at < rows.length; at += PAGE_ROWS) {
    const page = rows.slice(at, at + PAGE_ROWS);
    yield { events: page.flatMap(project), rows: page.length, mark };
  }
}

/** The names between `select` and `from`. */
function columnsOf(query: string): string[] {
  return /select([^]*?)from/.exec(query)?.[1]?.split(",").map((name) => name.trim()) ?? [];
}
