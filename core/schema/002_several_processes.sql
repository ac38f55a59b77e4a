-- What several processes and groups need.

-- Entries are named by text, as each kind of queue names them in its own way.
create table applied (
  name text not null,
  entry text not null,
  primary key (name, entry)
) strict, without rowid;
insert into applied select name, cast(entry as text) from applied_batches;
drop table applied_batches;
alter table applied rename to applied_batches;

-- How far each file's events are stored, where the queue is another program's that may lose its
-- memory: written with the rows. Machine is a keyed hash, "" for none told; mark is the JSON of
-- the checkpoint.
create table stored_sources (
  machine text not null,
  id text not null,
  platform integer not null references words (id),
  session_id text,
  lines integer not null,
  mark text not null,
  primary key (machine, id)
) strict, without rowid;

-- telemetry:dlq: entries that could not be handled, in this file whatever the queue is. Error is
-- a class, message our own words. Body is an event, or an announcement of numbers, as
-- core/dead_letters.ts reads it: it holds safe text alone, so faces may show it. It is null where
-- the entry was neither and might hold anything.
create table dead_letters (
  id integer primary key autoincrement,
  stream text not null,
  consumers text not null,
  entry text not null,
  error text not null,
  message text,
  attempts integer not null,
  dead_at integer not null,
  body text,
  unique (stream, consumers, entry)
) strict;
insert into dead_letters (stream, consumers, entry, error, message, attempts, dead_at, body)
  select stream, consumers, 'letter ' || id, substr(error, 1, instr(error || ': ', ': ') - 1),
    nullif(substr(error, instr(error || ': ', ': ') + 2), ''), attempts, dead_at, body
  from (
    select id, body ->> 'stream' as stream,
      iif(body ->> 'stream' = 'cdc:events', 'metrics', 'processors') as consumers,
      body ->> 'error' as error, body ->> 'attempts' as attempts,
      unixepoch(body ->> 'dead_at') * 1000 as dead_at, body ->> 'body' as body
    from stream_entries where stream = 3 and json_valid(body)
  )
  where typeof(stream) = 'text' and typeof(error) = 'text' and typeof(attempts) = 'integer'
    and dead_at is not null
  order by id;
delete from stream_entries where stream = 3;
delete from stream_groups where stream = 3;

-- Sessions of which a slow-path group has to derive anew what happened from a moment on: written
-- with the facts that changed. Facts are read by session, in the order of time.
create table dirty_sessions (
  name text not null,
  session integer not null,
  from_at integer not null,
  primary key (name, session)
) strict, without rowid;

create index responses_time on responses (session, side, at);
create index inputs_time on inputs (session, at, kind);
create index tool_calls_time
  on tool_calls (session, side, at, outcome, resolved_at, duration_ms, tool);

-- A turn: from what a person typed (the key of an input) to the last answer before the next.
-- Duration is null where nothing answered; interrupted is 1 where a person broke it off.
create table turns (
  session integer not null,
  started_at integer not null,
  input integer not null,
  duration_ms integer,
  responses integer not null,
  tool_calls integer not null,
  failed integer not null,
  interrupted integer not null,
  primary key (session, started_at, input)
) strict, without rowid;

-- One for each counted session, made of its turns; turn_ms is null where none was answered.
create table conversations (
  session integer primary key,
  turns integer not null,
  answered integer not null,
  interrupted integer not null,
  turn_ms integer
) strict;

-- What was found in a session. Kind and member (a tool; 0 for none) are words; count is what was
-- found, between two moments, in n of its kind.
create table insights (
  session integer not null,
  kind integer not null,
  member integer not null,
  at integer not null,
  until_at integer not null,
  count integer not null,
  n integer not null,
  primary key (session, kind, member)
) strict, without rowid;
