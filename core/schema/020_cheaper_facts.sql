-- What changed of a session is noted by who changes it, once for many rows: a trigger of each row
-- cost as much as the row.
drop trigger model_sums_added;
drop trigger model_sums_moved;
drop trigger model_sums_removed;
drop trigger call_sums_added;
drop trigger call_sums_moved;
drop trigger call_sums_removed;
drop trigger input_sums_added;
drop trigger input_sums_moved;
drop trigger input_sums_removed;
drop trigger tool_calls_added;
drop trigger tool_calls_moved;
drop trigger tool_calls_removed;
drop trigger responses_added;
drop trigger responses_moved;
drop trigger responses_removed;
drop trigger active_spans_added;
drop trigger active_spans_moved;
drop trigger active_spans_removed;
drop trigger sessions_added;
drop trigger sessions_altered;
drop trigger sessions_removed;

-- Facts lie in the order in which they came, and are found by an index of their keys. Keys are
-- hashes: in a table in their order each new fact changes a page of its own.
alter table responses rename to old_responses;
create table responses (
  key integer not null unique,
  session integer not null,
  at integer not null,
  model integer not null,
  side integer not null,
  stopped integer not null,
  input integer not null,
  output integer not null,
  cache_read integer not null,
  cache_creation integer not null,
  cache_creation_5m integer not null,
  cache_creation_1h integer not null,
  thinking integer not null,
  web_searches integer not null,
  fast integer not null,
  cost integer,
  kept integer not null default 1,
  agent integer,
  calls_told integer not null default 0,
  calls integer not null default 0,
  cache_read_saved integer,
  cache_write_extra integer,
  agent_type integer,
  skill integer,
  server integer,
  effort integer,
  request integer,
  exported integer not null default 0
) strict;
insert into responses (
  key, session, at, model, side, stopped, input, output, cache_read, cache_creation,
  cache_creation_5m, cache_creation_1h, thinking, web_searches, fast, cost, kept, agent,
  calls_told, calls, cache_read_saved, cache_write_extra, agent_type, skill, server, effort,
  request, exported
)
select
  key, session, at, model, side, stopped, input, output, cache_read, cache_creation,
  cache_creation_5m, cache_creation_1h, thinking, web_searches, fast, cost, kept, agent,
  calls_told, calls, cache_read_saved, cache_write_extra, agent_type, skill, server, effort,
  request, exported
from old_responses order by session, at, key;
drop table old_responses;
create index responses_time on responses (session, side, at);

alter table tool_calls rename to old_tool_calls;
create table tool_calls (
  key integer not null unique,
  session integer not null,
  at integer not null,
  tool integer,
  side integer not null,
  used_at integer,
  use_source integer,
  resolved_at integer,
  result_source integer,
  outcome integer,
  error integer,
  extension integer,
  file integer,
  mode integer,
  mode_source integer,
  headless integer not null,
  duration_ms integer,
  user_modified integer not null,
  decided_by integer,
  asked integer not null,
  lines_added integer not null,
  lines_removed integer not null,
  files_created integer not null,
  created_file_lines integer not null,
  web_searches integer not null,
  git_commits integer not null,
  git_pushes integer not null,
  pull_requests integer not null,
  is_edit integer not null default 0,
  called integer not null default 1,
  reviewed integer,
  noted_added integer,
  noted_removed integer,
  form integer,
  result_characters integer,
  agent integer,
  fate integer not null default 0,
  response integer,
  model integer,
  share_session integer,
  share_at integer,
  share_micros integer,
  share_tokens integer,
  reported integer
) strict;
insert into tool_calls (
  key, session, at, tool, side, used_at, use_source, resolved_at, result_source, outcome,
  error, extension, file, mode, mode_source, headless, duration_ms, user_modified, decided_by,
  asked, lines_added, lines_removed, files_created, created_file_lines, web_searches,
  git_commits, git_pushes, pull_requests, is_edit, called, reviewed, noted_added,
  noted_removed, form, result_characters, agent, fate, response, model, share_session,
  share_at, share_micros, share_tokens, reported
)
select
  key, session, at, tool, side, used_at, use_source, resolved_at, result_source, outcome,
  error, extension, file, mode, mode_source, headless, duration_ms, user_modified, decided_by,
  asked, lines_added, lines_removed, files_created, created_file_lines, web_searches,
  git_commits, git_pushes, pull_requests, is_edit, called, reviewed, noted_added,
  noted_removed, form, result_characters, agent, fate, response, model, share_session,
  share_at, share_micros, share_tokens, reported
from old_tool_calls order by session, at, key;
drop table old_tool_calls;
create index tool_calls_place on tool_calls (session, tool, at, outcome, extension, file);
create index tool_calls_edits on tool_calls (session, at, extension, file, outcome, reviewed)
  where is_edit = 1 and file is not null;
create index tool_calls_time
  on tool_calls (session, side, at, outcome, resolved_at, duration_ms, tool, called);
create index tool_calls_response on tool_calls (response, key) where response is not null;
create index tool_calls_shared on tool_calls (share_session) where share_session <> session;
