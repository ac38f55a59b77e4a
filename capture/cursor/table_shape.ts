/**
 * Whether a table is there and has what is read of it; versions of Cursor differ.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../core/database.ts";

/** Whether there is a table with these columns. */
export function hasColumns(
  db: Database,
  table: string,
  columns: readonly string[],
): boolean {
  const found = prepareArrays(db, "select name from pragma_table_info(?)")
    .all(table) as unknown as [string][];
  return found.length > 0 && columns.every((column) => found.some(([name]) => name === column));
}
