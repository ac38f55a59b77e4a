/**
 * From a row of one of Cursor's databases to what it tells.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import type { RowContext, StateRow } from "./state_rows.ts";

/** The events of a row; see {@linkcode ProjectRow}. */
export function projectRow(_row: StateRow, _context: RowContext): readonly TelemetryEvent[] {
  return [];
}
