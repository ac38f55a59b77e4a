-- The first tables. Every text column holds SafeText (core/privacy); times are milliseconds since
-- 1970 UTC. What derives from events can be made again from the traces, all but `responses`,
-- `tool_calls` and `inputs` being sums over those three.

-- Safe words by number, so that no indexed column repeats a text.
create table words (
  id integer primary key,
  text text not null unique
) strict;

-- One row for each session that an event named. Platform and session_id are written by the fast
-- path, the rest by the fold: project is that of the earliest event that tells one; counted is 1
-- once a prompt, command, response or tool call was told of it: others are no sessions to a user.
-- native_at is the first moment at which its own file was written to: a fork copies no such line.
create table sessions (
  id integer primary key,
  platform integer not null references words (id),
  session_id text not null,
  project integer references words (id),
  project_at integer,
  started_at integer,
  ended_at integer,
  counted integer not null default 0,
  native_at integer,
  unique (platform, session_id)
) strict;

create table session_versions (
  session integer not null references sessions (id),
  version integer not null references words (id),
  primary key (session, version)
) strict, without rowid;

-- Sub-agents that a session ran, by the hash of their id.
create table session_agents (
  session integer not null references sessions (id),
  agent integer not null,
  primary key (session, agent)
) strict, without rowid;

-- Stretches in which a session was active: moments less than five minutes apart stand in one.
create table active_spans (
  session integer not null references sessions (id),
  from_at integer not null,
  to_at integer not null,
  primary key (session, from_at)
) strict, without rowid;

-- Compressed events: body is deflated JSON, an event a line.
create table trace_blocks (
  id integer primary key,
  platform integer not null references words (id),
  first_at integer not null,
  last_at integer not null,
  events integer not null,
  raw_bytes integer not null,
  body blob not null
) strict;

-- What is stored of each platform, for those who may not read the traces themselves.
create table storage (
  platform integer primary key references words (id),
  blocks integer not null,
  events integer not null,
  raw_bytes integer not null,
  bytes integer not null
) strict;

-- Durable streams: entries stay until every group of the stream acknowledged them. Stream 1 is
-- telemetry:events, 2 is cdc:events, 3 is telemetry:dlq.
create table stream_entries (
  stream integer not null,
  id integer not null,
  body text not null,
  primary key (stream, id)
) strict, without rowid;

-- Position is the last id that was handed out for the first time; entries up to it are either
-- acknowledged or in a lease.
create table stream_groups (
  stream integer not null,
  name text not null,
  position integer not null,
  primary key (stream, name)
) strict, without rowid;

-- A range of entries handed out together. Ids that were acknowledged one by one are in `acked`,
-- a JSON array.
create table stream_leases (
  stream integer not null,
  name text not null,
  first_id integer not null,
  last_id integer not null,
  attempts integer not null,
  expires_at integer not null,
  acked text not null default '[]',
  primary key (stream, name, first_id)
) strict, without rowid;

-- How far each file was read. The id holds no path: a keyed hash of the folder and the file's
-- opaque name. Position is the byte after the last line that was accepted; size is what the file
-- had then; head is a keyed hash of its first bytes; state is
-- what the parser must know of the lines before. `drift` counts what of the format is not known,
-- JSON of counts by safe words, written with the position and as exact as that.
create table sources (
  id text primary key,
  platform integer not null references words (id),
  session_id text,
  file_id text not null,
  head text not null,
  position integer not null,
  size integer not null,
  modified_at integer not null,
  lines integer not null,
  lines_malformed integer not null,
  lines_unknown integer not null,
  state text not null,
  drift text not null default '{}'
) strict, without rowid;

-- Batches that a slow-path group has folded, written with the result and removed once they are
-- acknowledged: a batch that comes twice is applied once.
create table applied_batches (
  name text not null,
  entry integer not null,
  primary key (name, entry)
) strict, without rowid;

-- One API response, whatever number of lines, files and sessions tell of it. The key is 52 bits
-- of the hash of its message id; session is the one that recorded it first. Cost is in millionths
-- of a dollar, null where the model has no price.
create table responses (
  key integer primary key,
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
  cost integer
) strict;

-- One tool call with its result; tool is null while only the result is known, outcome while
-- only the call is. The sources of a call and of its result are 0 for a transcript, 1 for a hook,
-- -1 for a transcript's line that corrects the result of one before it;
-- file is 52 bits of the hash of the path's HMAC; decided_by is 1 where the client says that a
-- person let it run, 2 where a rule or a hook did.
create table tool_calls (
  key integer primary key,
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
  pull_requests integer not null
) strict;

-- All that is asked of the calls of a session: rows lie where chance put their keys.
create index tool_calls_place on tool_calls (session, tool, at, outcome, extension, file);

-- Permission that the assistant asked for, as a hook saw it: it names a tool and no call.
create table permission_requests (
  key integer primary key,
  session integer not null,
  at integer not null,
  tool integer not null
) strict;

create index permission_requests_call on permission_requests (session, tool, at);

-- Facts that several sessions tell, as forks copy their past: each teller of each. Kind is 1 for
-- a response, 2 for a tool call, 3 for an input.
create table shared_facts (
  kind integer not null,
  key integer not null,
  session integer not null,
  primary key (kind, key, session)
) strict, without rowid;

create index shared_facts_session on shared_facts (session);

-- What a person typed or did: kind is the number of the event type, -1 for a typed command whose
-- twin line is the one that counts.
create table inputs (
  key integer primary key,
  session integer not null,
  at integer not null,
  kind integer not null
) strict;

-- The inputs that a line of a transcript told, by its uuid, and in which sessions: an old client
-- dates a line anew when it copies it.
create table input_lines (
  line integer not null,
  input integer not null,
  session integer not null,
  at integer not null,
  primary key (line, input, session)
) strict, without rowid;

-- Sums over the three tables above. Tier is the length of a bucket in seconds (bucket is its
-- first millisecond); tier 0 with bucket 0 is the whole session.
create table model_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  member integer not null,
  messages integer not null,
  messages_without_stop_reason integer not null,
  input integer not null,
  output integer not null,
  cache_read integer not null,
  cache_creation integer not null,
  cache_creation_5m integer not null,
  cache_creation_1h integer not null,
  cache_creation_unsplit integer not null,
  thinking integer not null,
  web_searches integer not null,
  fast_messages integer not null,
  priced_tokens integer not null,
  cost_micros integer not null,
  primary key (tier, bucket, session, member)
) strict, without rowid;

create table tool_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  member integer not null,
  uses integer not null,
  ok integer not null,
  failed integer not null,
  rejected integer not null,
  interrupted integer not null,
  permission_denied integer not null,
  hook_blocked integer not null,
  cancelled_sibling integer not null,
  lines_added integer not null,
  lines_removed integer not null,
  files_created integer not null,
  created_file_lines integer not null,
  web_searches integer not null,
  git_commits integer not null,
  git_pushes integer not null,
  pull_requests integer not null,
  edits_accepted integer not null,
  edits_rejected integer not null,
  edits_modified integer not null,
  edits_undone integer not null,
  edits_auto integer not null,
  edits_unknown integer not null,
  edits_accepted_by_permission integer not null,
  permission_asked integer not null,
  permission_granted integer not null,
  primary key (tier, bucket, session, member)
) strict, without rowid;

-- The same by extension of the file, of calls that name one.
create table extension_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  member integer not null,
  uses integer not null,
  ok integer not null,
  failed integer not null,
  rejected integer not null,
  interrupted integer not null,
  permission_denied integer not null,
  hook_blocked integer not null,
  cancelled_sibling integer not null,
  lines_added integer not null,
  lines_removed integer not null,
  files_created integer not null,
  created_file_lines integer not null,
  web_searches integer not null,
  git_commits integer not null,
  git_pushes integer not null,
  pull_requests integer not null,
  edits_accepted integer not null,
  edits_rejected integer not null,
  edits_modified integer not null,
  edits_undone integer not null,
  edits_auto integer not null,
  edits_unknown integer not null,
  edits_accepted_by_permission integer not null,
  permission_asked integer not null,
  permission_granted integer not null,
  primary key (tier, bucket, session, member)
) strict, without rowid;

create table input_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  member integer not null,
  count integer not null,
  primary key (tier, bucket, session, member)
) strict, without rowid;

-- Failed tool calls by class of error.
create table error_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  member integer not null,
  count integer not null,
  primary key (tier, bucket, session, member)
) strict, without rowid;

-- What the derived tables were made with, as the prices.
create table made_with (
  name text primary key,
  value text not null
) strict, without rowid;

-- The client's own totals of a session, the latest of those that it wrote, and their part of each
-- model. `at` is the time of the last line before them; they begin at started_at.
create table cost_states (
  session integer primary key,
  at integer not null,
  started_at integer not null,
  duration_ms integer not null,
  api_duration_ms integer not null,
  tool_duration_ms integer not null,
  lines_added integer not null,
  lines_removed integer not null,
  cost_micros integer not null,
  cost_unknown integer not null
) strict;

create table cost_state_models (
  session integer not null,
  model integer not null,
  input_tokens integer not null,
  output_tokens integer not null,
  thinking_tokens integer not null,
  cache_read_tokens integer not null,
  cache_creation_tokens integer not null,
  web_searches integer not null,
  cost_micros integer not null,
  primary key (session, model)
) strict, without rowid;
