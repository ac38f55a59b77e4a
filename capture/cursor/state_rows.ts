/**
 * What is between reading Cursor's databases and telling what their rows say.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import type { Privacy, SafeText } from "../../core/privacy.ts";

/** A row of one of Cursor's databases, of an allow-listed key. */
export interface StateRow {
  readonly table: "ItemTable" | "cursorDiskKV" | "composerHeaders";
  readonly key: string;
  readonly value: string;
}

/** A folder that was open in a window. */
export interface Workspace {
  /** The project's hash, the same as on other platforms for the same folder. */
  readonly hash: SafeText;
  /** For screens, stored nowhere. */
  readonly label: string;
}

/** What is known around a row. */
export interface RowContext {
  readonly privacy: Privacy;
  /**
   * The workspace of the database the row is in; undefined for the global one and where
   * workspace.json does not tell.
   */
  readonly workspace: Workspace | undefined;
  /** Whether a folder is left out. */
  readonly hides: (folder: string) => boolean;
  /** Another row of the same database by its exact allow-listed key. Cached. */
  readonly row: (table: StateRow["table"], key: string) => string | undefined;
}

/** The events of a row; none for what says nothing. Pure apart from context.row. */
export type ProjectRow = (row: StateRow, context: RowContext) => readonly TelemetryEvent[];
