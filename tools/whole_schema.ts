/**
 * The schema of a database that went through every step, as the statements that make it at once.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { migrateBySteps } from "../core/migrations.ts";

/** What `core/schema/whole.json` holds. */
export function wholeSchema(): string[] {
  using db = new DatabaseSync(":memory:");
  migrateBySteps(db, 0);
  const rows = db.prepare(
    `select sql from sqlite_schema where sql is not null and name not like 'sqlite_%'
     order by rowid`,
  ).all();
  return rows.map(({ sql }) => String(sql));
}
