/**
 * Reads what changed in one of Cursor's databases, page by page: what a page tells, and from
 * where to go on behind it.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import type { Privacy } from "../../core/privacy.ts";
import { changedHeaders, type HeaderMark } from "./changed_headers.ts";
import { changedItems, type ItemMark } from "./changed_items.ts";
import { changedRows, type RowMark } from "./changed_rows.ts";
import { changedTracking, type TrackingMark } from "./changed_tracking.ts";
import type { CursorDatabase } from "./locate.ts";
import { RowCache } from "./row_cache.ts";
import type { RowPage } from "./row_page.ts";
import { asStateError } from "./state_problem.ts";
import type { ProjectRow, RowContext, Workspace } from "./state_rows.ts";
import { hasColumns } from "./table_shape.ts";

const KEY_VALUE = ["key", "value"];

/** From where to go on in each table. */
export interface StateMarks {
  readonly items?: ItemMark;
  readonly headers?: HeaderMark;
  readonly rows?: RowMark;
  readonly tracking?: TrackingMark;
}

/** What a step of reading told. */
export interface StatePage {
  readonly events: readonly TelemetryEvent[];
  /** Rows that were read. */
  readonly rows: number;
  readonly bytes: number;
  readonly tooLong: number;
  readonly marks: StateMarks;
  /** How much of a first reading is done, from 0 to 1. */
  readonly progress: number;
}

/** Whose rows they are, and what makes events of them. */
export interface ReaderOptions {
  readonly project: ProjectRow;
  readonly kind: CursorDatabase["kind"];
  readonly privacy: Privacy;
  readonly workspace: Workspace | undefined;
  readonly hides: RowContext["hides"];
}

/**
 * Yields what changed since `marks`; nothing is being read between two pages.
 *
 * @throws {StateError} when the database cannot be read
 */
export function* readChanges(
  db: Database,
  marks: StateMarks,
  options: ReaderOptions,
): Generator<StatePage> {
  try {
    yield* options.kind === "tracking"
      ? readTracking(db, marks, options)
      : readState(db, marks, options);
  } catch (error) {
    throw asStateError(error);
  }
}

function* readTracking(
  db: Database,
  marks: StateMarks,
  { privacy }: ReaderOptions,
): Generator<StatePage> {
  for (const { mark, ...told } of changedTracking(db, marks.tracking ?? {}, privacy)) {
    yield { ...told, bytes: 0, tooLong: 0, marks: { ...marks, tracking: mark }, progress: 0 };
  }
}

function* readState(
  db: Database,
  marks: StateMarks,
  { project, privacy, workspace, hides }: ReaderOptions,
): Generator<StatePage> {
  const cache = new RowCache(db);
  const context: RowContext = {
    privacy,
    workspace,
    hides,
    row: (table, key) => cache.row(table, key),
  };
  let known = marks;
  const pageOf = <Mark>(page: RowPage<Mark>, marks: StateMarks): StatePage => {
    known = marks;
    const { bytes, tooLong, progress } = page;
    for (const row of page.rows) cache.forget(row);
    const events = page.rows.flatMap((row) => project(row, context));
    return { events, rows: page.rows.length, bytes, tooLong, marks, progress };
  };
  if (hasColumns(db, "ItemTable", KEY_VALUE)) {
    for (const page of changedItems(db, marks.items ?? {}, privacy)) {
      yield pageOf(page, { ...known, items: page.mark });
    }
  }
  for (const page of changedHeaders(db, marks.headers)) {
    yield pageOf(page, { ...known, headers: page.mark });
  }
  if (hasColumns(db, "cursorDiskKV", KEY_VALUE)) {
    for (const page of changedRows(db, marks.rows, privacy)) {
      yield pageOf(page, { ...known, rows: page.mark });
    }
  }
}
