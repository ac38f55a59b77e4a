/**
 * What the database has columns for, and why each is safe: the audit of privacy holds every value
 * to it.
 *
 * @module
 */

import { columnRule } from "./audit/stored_columns.ts";
import { type Database, prepareArrays } from "./database.ts";

/** One column. */
export interface StoredColumn {
  readonly table: string;
  readonly column: string;
  /** Null where nobody said: the audit finds fault with that. */
  readonly why: string | null;
}

/** All columns of all tables. */
export function readStoredColumns(db: Database): StoredColumn[] {
  const rows = prepareArrays(
    db,
    `select t.name, c.name, c.type from sqlite_schema t join pragma_table_info(t.name) c
     where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid`,
  ).all() as unknown as [table: string, column: string, type: string][];
  return rows.map(([table, column, type]) => ({
    table,
    column,
    why: columnRule(table, column, type)?.why ?? null,
  }));
}
