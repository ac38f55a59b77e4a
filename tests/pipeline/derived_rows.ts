/** All rows that derive from events, with names in place of numbers, so that they compare. */

import type { Database } from "../../core/database.ts";
import { ALL_SESSIONS } from "../../core/session_counts.ts";

const SESSION = `(select w.text || '/' || s.session_id from sessions s
  join words w on w.id = s.platform where s.id = session)`;

const QUERIES = {
  responses: `select key, ${SESSION} as session, at, word(model) as model, side, stopped, input,
    output, cache_read, cache_creation, cache_creation_5m, cache_creation_1h, thinking,
    web_searches, fast, cost, kept from responses`,
  tool_calls: `select key, ${SESSION} as session, at, word(tool) as tool, side, used_at,
    use_source, resolved_at, result_source, outcome, word(error) as error,
    word(extension) as extension, file, word(form) as form,
    result_characters, word(mode) as mode, mode_source, headless, duration_ms,
    user_modified, decided_by, asked, is_edit, called, reviewed, noted_added, noted_removed,
    lines_added, lines_removed, files_created, created_file_lines,
    web_searches, git_commits, git_pushes, pull_requests from tool_calls`,
  inputs: `select key, ${SESSION} as session, at, kind, loose, untimed from inputs`,
  model_sums: `select *, ${SESSION} as session, word(member) as member from model_sums
    where session <> ${ALL_SESSIONS}`,
  tool_sums: `select *, ${SESSION} as session, word(member) as member from tool_sums
    where session <> ${ALL_SESSIONS}`,
  input_sums: `select *, ${SESSION} as session from input_sums
    where session <> ${ALL_SESSIONS}`,
  extension_sums: `select *, ${SESSION} as session, word(member) as member from extension_sums
    where session <> ${ALL_SESSIONS}`,
  error_sums: `select *, ${SESSION} as session, word(member) as member from error_sums
    where session <> ${ALL_SESSIONS}`,
  model_totals: totalsOf("model_sums"),
  tool_totals: totalsOf("tool_sums"),
  extension_totals: totalsOf("extension_sums"),
  error_totals: totalsOf("error_sums"),
  input_totals: `select * from input_sums where session = ${ALL_SESSIONS}`,
  permission_requests: `select key, ${SESSION} as session, at, word(tool) as tool
    from permission_requests`,
  shared_facts: `select kind, key, ${SESSION} as session from shared_facts`,
  active_spans: `select ${SESSION} as session, from_at, to_at from active_spans`,
  agent_spans: `select ${SESSION} as session, agent, from_at, to_at from agent_spans`,
  time_sums: `select *, ${SESSION} as session from time_sums`,
  duration_sums: `select *, ${SESSION} as session,
    iif(member < 0, member, word(member)) as member from duration_sums`,
  duration_totals: `select *, iif(member < 0, member, word(member)) as member
    from duration_totals`,
  session_agents: `select ${SESSION} as session, agent from session_agents`,
  sessions: `select word(platform) as platform, session_id, word(project) as project, project_at,
    started_at, ended_at, counted, native_at, tokens_kept from sessions`,
  session_versions: `select ${SESSION} as session, word(version) as version
    from session_versions`,
  input_lines: `select line, input, ${SESSION} as session, at from input_lines`,
  cost_states: `select *, ${SESSION} as session from cost_states`,
  cost_state_models: `select *, ${SESSION} as session, word(model) as model
    from cost_state_models`,
  mcp_tools: `select word(tool) as tool, word(server) as server from mcp_tools`,
  turns: `select *, ${SESSION} as session from turns`,
  conversations: `select *, ${SESSION} as session from conversations`,
  session_gauges: `select *, ${SESSION} as session, word(name) as name from session_gauges`,
  session_modes: `select ${SESSION} as session, word(mode) as mode from session_modes`,
  reviewed_hunks: `select *, ${SESSION} as session from reviewed_hunks`,
  daily_lines: `select *, ${SESSION} as session from daily_lines`,
  tracked_lines: `select *, ${SESSION} as session, word(source) as source,
    word(extension) as extension from tracked_lines`,
  scored_commits: `select *, ${SESSION} as session from scored_commits`,
  insights: `select *, ${SESSION} as session, word(kind) as kind, word(member) as member
    from insights`,
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

/** Sums over all sessions. */
function totalsOf(table: string): string {
  return `select *, word(member) as member from ${table} where session = ${ALL_SESSIONS}`;
}
