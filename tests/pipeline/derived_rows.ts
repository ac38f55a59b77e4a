/** All rows that derive from events, with names in place of numbers, so that they compare. */

import type { Database } from "../../core/database.ts";

const SESSION = `(select w.text || '/' || s.session_id from sessions s
  join words w on w.id = s.platform where s.id = session)`;
const SHARE_SESSION = "(select session_id from sessions where id = share_session)";
/** A kind of call by its words: its number says nothing. */
const KIND = `null as kind, word(tool) as tool, word(model) as model, word(mode) as mode,
  word(extension) as extension`;

const QUERIES = {
  responses: `select key, ${SESSION} as session, at, word(model) as model, side, stopped, input,
    output, cache_read, cache_creation, cache_creation_5m, cache_creation_1h, thinking,
    web_searches, fast, cost, kept, agent, calls_told, calls, cache_read_saved, cache_write_extra,
    word(agent_type) as agent_type, word(skill) as skill, word(server) as server,
    word(effort) as effort, exported, request from responses`,
  tool_calls: `select key, ${SESSION} as session, at, word(tool) as tool, side, used_at,
    use_source, resolved_at, result_source, outcome, word(error) as error,
    word(extension) as extension, file, word(form) as form,
    result_characters, word(mode) as mode, mode_source, headless, duration_ms,
    user_modified, decided_by, asked, is_edit, called, reviewed, reported, noted_added,
    noted_removed, agent, fate, response, word(model) as model,
    ${SHARE_SESSION} as share_session, share_at, share_micros, share_tokens, lines_added,
    lines_removed, files_created, created_file_lines,
    web_searches, git_commits, git_pushes, pull_requests from tool_calls`,
  inputs:
    `select key, ${SESSION} as session, at, kind, loose, untimed, characters, words, tokens_before,
    tokens_after from inputs`,
  model_sums: `select *, ${SESSION} as session, word(member) as member from model_sums`,
  tool_sums: `select *, ${SESSION} as session, ${KIND}, word(member) as member from tool_sums`,
  call_sums: `select x.*, ${SESSION} as session, ${KIND} from kind_sums x`,
  input_sums: `select *, ${SESSION} as session from input_sums`,
  extension_sums: `select *, ${SESSION} as session, ${KIND}, word(member) as member
    from extension_sums`,
  error_sums: `select *, ${SESSION} as session, word(member) as member from error_sums`,
  permission_requests: `select key, ${SESSION} as session, at, word(tool) as tool
    from permission_requests`,
  shared_facts: `select kind, key, ${SESSION} as session from shared_facts`,
  active_spans: `select ${SESSION} as session, from_at, to_at from active_spans`,
  agent_spans: `select ${SESSION} as session, agent, from_at, to_at from agent_spans`,
  time_sums: `select *, ${SESSION} as session from time_sums`,
  duration_sums: `select *, ${SESSION} as session,
    iif(member < 0, member, word(member)) as member from duration_sums`,
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
  client_states: `select *, ${SESSION} as session from client_states`,
  session_modes: `select ${SESSION} as session, word(mode) as mode from session_modes`,
  reviewed_hunks: `select *, ${SESSION} as session from reviewed_hunks`,
  daily_lines: `select *, ${SESSION} as session from daily_lines`,
  tracked_lines: `select *, ${SESSION} as session, word(source) as source,
    word(extension) as extension from tracked_lines`,
  scored_commits: `select *, ${SESSION} as session from scored_commits`,
  prompt_places: `select place, line, at, ${SESSION} as session from prompt_places`,
  stray_responses: `select at, ${SESSION} as session from stray_responses`,
  rewound_spans: `select *, ${SESSION} as session from rewound_spans`,
  file_snapshots: `select *, ${SESSION} as session from file_snapshots`,
  file_changes: `select *, ${SESSION} as session from file_changes`,
  commits: `select at, ${SESSION} as session from commits`,
  agent_calls: `select call, agent, word(type) as type, ${SESSION} as session
    from agent_calls`,
  api_requests: `select *, ${SESSION} as session, word(model) as model, word(purpose) as purpose,
    word(effort) as effort, word(agent_type) as agent_type, word(skill) as skill,
    word(server) as server from api_requests`,
  exported_facts: `select *, ${SESSION} as session, word(type) as type, word(name) as name,
    word(kind) as kind, word(verdict) as verdict from exported_facts`,
  metric_points: `select *, ${SESSION} as session, word(metric) as metric, word(kind) as kind,
    word(model) as model, word(purpose) as purpose from metric_points`,
  tracked_decisions: `select *, ${SESSION} as session from tracked_decisions`,
  reported_outcomes: `select *, ${SESSION} as session from reported_outcomes`,
  recorded_turns: `select *, ${SESSION} as session from recorded_turns`,
  feedback: `select *, ${SESSION} as session from feedback`,
  limit_uses: `select *, word(platform) as platform, word(name) as name from limit_uses`,
  insights: `select *, ${SESSION} as session, word(kind) as kind, word(member) as member
    from insights`,
  attribution_sums: `select *, ${SESSION} as session, word(member) as member
    from attribution_sums`,
  session_starts: `select ${SESSION} as session, at, word(source) as source
    from session_starts`,
  usage_sums: `select *, ${SESSION} as session from usage_sums`,
  session_usage: `select *, ${SESSION} as session from session_usage`,
  tool_sequences: `select ${SESSION} as session, word(first) as first, word(second) as second,
    word(third) as third, count from tool_sequences`,
  workflows: `select *, ${SESSION} as session from workflows`,
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
