/**
 * The schema of the database, as the steps by which every version of it becomes the newest.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
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
import digests from "./schema/012_digests.sql" with { type: "text" };
import purge from "./schema/013_purge.sql" with { type: "text" };
import archive from "./schema/014_archive.sql" with { type: "text" };
import exported from "./schema/015_exported.sql" with { type: "text" };
import exportedAccounts from "./schema/016_exported_accounts.sql" with { type: "text" };
import fleetingPlaces from "./schema/017_fleeting_places.sql" with { type: "text" };
import changes from "./schema/018_changes.sql" with { type: "text" };
import bySession from "./schema/019_by_session.sql" with { type: "text" };
import cheaperFacts from "./schema/020_cheaper_facts.sql" with { type: "text" };
import workflows from "./schema/021_workflows.sql" with { type: "text" };
import keptAnswers from "./schema/022_kept_answers.sql" with { type: "text" };
import clientStates from "./schema/023_client_states.sql" with { type: "text" };
import firstCalls from "./schema/024_first_calls.sql" with { type: "text" };
import endsOfSources from "./schema/025_ends_of_sources.sql" with { type: "text" };
import { SCHEMA } from "./database.ts";
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
  digests,
  purge,
  archive,
  exported,
  exportedAccounts,
  fleetingPlaces,
  changes,
  bySession,
  cheaperFacts,
  workflows,
  keptAnswers,
  clientStates,
  firstCalls,
  endsOfSources,
];

/** The last schema whose rows tell too little to be migrated. */
export const SET_ASIDE = 1;

/** Makes the newest schema in an empty database, at once. */
export function makeSchema(db: DatabaseSync): void {
  db.exec(whole.join(";\n"));
}

/**
 * Whether what acts by itself in a database, its triggers and views, is what this program puts
 * there: of an older schema, which is to be brought to the newest, by name.
 */
export function actsAsOurs(db: DatabaseSync, version: number): boolean {
  const plain = (sql: string) => sql.replaceAll(/\s+/g, " ").toLowerCase();
  const named = (sql: string) => plain(sql).split(/[ (]/).slice(0, 3).join(" ");
  const form = version === SCHEMA ? plain : named;
  const own = new Set(whole.map(form));
  const rows = db.prepare("select sql from sqlite_schema where type in ('trigger', 'view')")
    .all();
  return rows.every(({ sql }) => own.has(form(String(sql))));
}

/** Brings a schema to the newest, step by step; 0 is that of an empty database. */
export function migrateBySteps(db: DatabaseSync, version: number): void {
  for (const sql of migrationsFrom(version)) db.exec(sql);
}

/** The steps from a schema to this one, as SQL; all of them for an empty database, that is 0. */
export function migrationsFrom(version: number): readonly string[] {
  return MIGRATIONS.slice(Math.max(0, version - SET_ASIDE));
}
