/**
 * Removes from the tables of words and kinds what no row names any more: the name of a model or
 * the hash of a project must not outlive what it was of.
 *
 * @module
 */

import { type Database, prepareArrays } from "../core/database.ts";

/** Stands for the word that was given the highest number. */
const LAST_WORD = "purged";

/** Every column that holds numbers of words, by its table. */
export const WORD_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  agent_calls: ["type"],
  api_requests: ["model", "purpose", "effort", "agent_type", "skill", "server"],
  archive_parts: ["platform"],
  attribution_sums: ["member"],
  call_kinds: ["tool", "model", "mode", "extension"],
  cost_state_models: ["model"],
  digests: ["platform", "project"],
  duration_sums: ["member"],
  error_sums: ["member"],
  exported_facts: ["type", "name", "kind", "verdict"],
  insights: ["kind", "member"],
  limit_uses: ["platform", "name"],
  mcp_tools: ["tool", "server"],
  metric_points: ["metric", "kind", "model", "purpose"],
  model_sums: ["member"],
  permission_requests: ["tool"],
  responses: ["model", "agent_type", "skill", "server", "effort"],
  session_gauges: ["name"],
  session_modes: ["mode"],
  session_starts: ["source"],
  session_versions: ["version"],
  sessions: ["platform", "project"],
  sources: ["platform"],
  storage: ["platform"],
  stored_sources: ["platform"],
  tool_calls: ["tool", "error", "extension", "form", "mode", "model"],
  tool_sequences: ["first", "second", "third"],
  trace_blocks: ["platform"],
  tracked_lines: ["source", "extension"],
};

/** Removes them; the caller holds the transaction, and forgets what it knows of numbers. */
export function removeUnused(db: Database): void {
  db.exec("delete from call_kinds where id not in (select kind from call_sums)");
  db.exec(
    `delete from mcp_tools
     where tool not in (select tool from tool_calls where tool is not null)`,
  );
  const used = new Set<number>();
  for (const [table, columns] of Object.entries(WORD_COLUMNS)) {
    for (const column of columns) {
      const rows = prepareArrays(db, `select distinct ${column} from ${table}`).all();
      for (const [word] of rows as unknown as [number | null][]) {
        if (word !== null) used.add(word);
      }
    }
  }
  const [last] = prepareArrays(db, "select max(id) from words").get() as unknown as [number];
  db.prepare("delete from words where id not in (select value from json_each(?))")
    .run(JSON.stringify([...used]));
  // No number is given out a second time: who reads may still have the word that it was of.
  db.prepare("insert or ignore into words (id, text) values (?, ?)").run(last, LAST_WORD);
}
