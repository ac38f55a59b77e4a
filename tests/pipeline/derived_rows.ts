/** All rows that derive from events, with names in place of numbers, so that they compare. */

import type { Database } from "../../core/database.ts";

const SESSION = `(select w.text || '/' || s.session_id from sessions s
  join words w on w.id = s.platform where s.id = session)`;

const QUERIES = {
  responses: `select key, ${SESSION} as session, at, word(model) as model, side, stopped, input,
    output, cache_read, cache_creation, cache_creation_5m, cache_creation_1h from responses`,
  tool_calls: `select key, ${SESSION} as session, at, word(tool) as tool, side, used_at,
    resolved_at, outcome, word(extension) as extension, lines_added, lines_removed,
    files_created, created_file_lines from tool_calls`,
  inputs: `select key, ${SESSION} as session, at, kind from inputs`,
  model_sums: `select *, ${SESSION} as session, word(member) as member from model_sums`,
  tool_sums: `select *, ${SESSION} as session, word(member) as member from tool_sums`,
  input_sums: `select *, ${SESSION} as session from input_sums`,
  sessions: `select word(platform) as platform, session_id, word(project) as project, project_at,
    started_at, ended_at, counted from sessions`,
  session_versions: `select ${SESSION} as session, word(version) as version
    from session_versions`,
} as const;

/** Rows by table, in an order of their own. */
export type DerivedRows = Record<keyof typeof QUERIES, Record<string, unknown>[]>;

/** Reads every derived table. */
export function derivedRows(db: Database): DerivedRows {
  const rows: Partial<DerivedRows> = {};
  for (const [table, sql] of Object.entries(QUERIES)) {
    const named = sql.replaceAll(/\bword\((\w+)\)/g, "(select text from words where id = $1)");
    rows[table as keyof DerivedRows] = db.prepare(named).all().map((row) => ({ ...row }))
      .map((row) => [JSON.stringify(row), row] as const)
      .sort(([a], [b]) => a < b ? -1 : 1)
      .map(([, row]) => row);
  }
  return rows as DerivedRows;
}
