/**
 * The schema of the database, as the steps by which every version of it becomes the newest.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { dropTotals, makeTotals } from "./kept_totals.ts";
import start from "./schema/001_start.sql" with { type: "text" };
import severalProcesses from "./schema/002_several_processes.sql" with { type: "text" };
import lessIsKept from "./schema/003_less_is_kept.sql" with { type: "text" };
import insights from "./schema/004_insights.sql" with { type: "text" };
import conversationTree from "./schema/005_conversation_tree.sql" with { type: "text" };
import outcomeCost from "./schema/006_outcome_cost.sql" with { type: "text" };
import time from "./schema/007_time.sql" with { type: "text" };
import context from "./schema/008_context.sql" with { type: "text" };
import limits from "./schema/009_limits.sql" with { type: "text" };
import tracking from "./schema/010_tracking.sql" with { type: "text" };
import totals from "./schema/011_totals.sql" with { type: "text" };
import exported from "./schema/012_exported.sql" with { type: "text" };
import whole from "./schema/whole.json" with { type: "json" };

const MIGRATIONS: readonly string[] = [
  start,
  severalProcesses,
  lessIsKept,
  insights,
  conversationTree,
  outcomeCost,
  time,
  context,
  limits,
  tracking,
  totals,
  exported,
];

/** The last schema whose rows tell too little to be migrated. */
export const SET_ASIDE = 1;

/** The number of the schema that this program knows. */
export const SCHEMA = SET_ASIDE + MIGRATIONS.length;

/** Makes the newest schema in an empty database, at once. */
export function makeSchema(db: DatabaseSync): void {
  db.exec(whole.join(";\n"));
}

/** Brings a schema to the newest, step by step; 0 is that of an empty database. */
export function migrateBySteps(db: DatabaseSync, version: number): void {
  dropTotals(db);
  for (const sql of migrationsFrom(version)) db.exec(sql);
  makeTotals(db);
}

/** The steps from a schema to this one, as SQL; all of them for an empty database, that is 0. */
export function migrationsFrom(version: number): readonly string[] {
  return MIGRATIONS.slice(Math.max(0, version - SET_ASIDE));
}
