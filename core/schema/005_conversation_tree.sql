-- Where a conversation was taken up anew, what sub-agents hang under, and what became of edits.

-- Behind what places of its session's thread a typed line stands (hashes, as is the line): of two
-- lines with a place in common the later one was typed in place of the other.
create table prompt_places (
  session integer not null,
  place integer not null,
  line integer not null,
  at integer not null,
  primary key (session, place, line)
) strict, without rowid;

-- Moments of responses that go on from before what was typed last: two write at once then.
create table stray_responses (
  session integer not null,
  at integer not null,
  primary key (session, at)
) strict, without rowid;

-- What was taken back: from the line that was typed first to the one in its place, which has the
-- hash `line`. It follows from the two tables above.
create table rewound_spans (
  session integer not null,
  from_at integer not null,
  to_at integer not null,
  line integer not null,
  primary key (session, from_at, to_at, line)
) strict, without rowid;

create index rewound_spans_line on rewound_spans (session, line);

-- Files as the client's own history found them at a moment, when a line was typed: gone is 0 for
-- one that had changed since the moment before, 1 for one that was not there. File is as in
-- tool_calls, 0 says that the client looked.
create table file_snapshots (
  session integer not null,
  file integer not null,
  line integer not null,
  at integer not null,
  gone integer not null,
  primary key (session, file, line, at, gone)
) strict, without rowid;

-- Files that another than the assistant changed, as the client found when a line was typed.
create table file_changes (
  session integer not null,
  file integer not null,
  at integer not null,
  line integer not null,
  primary key (session, file, at, line)
) strict, without rowid;

create index file_changes_line on file_changes (session, line);

-- Commits that the assistant's own calls made.
create table commits (
  session integer not null,
  at integer not null,
  primary key (session, at)
) strict, without rowid;

-- Calls that started a sub-agent: agent is the hash of its id, type a word; null is not known.
create table agent_calls (
  session integer not null,
  call integer not null,
  agent integer,
  type integer,
  primary key (session, call)
) strict, without rowid;

-- The sub-agent at work is null for the session itself. Fate is 1 for an edit that was committed,
-- 2 for one that a person changed later, 3 for one that was taken back.
alter table responses add column agent integer;
alter table tool_calls add column agent integer;
alter table tool_calls add column fate integer not null default 0;
