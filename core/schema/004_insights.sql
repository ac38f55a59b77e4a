-- What insights need: what a call was of, what was found, and what a person wants to see of it.

-- Form is of a closed list: of a command its kind (test, build, …), of a read whether it was of
-- the whole file. Result_characters is the size of what the call gave back.
alter table tool_calls add column form integer;
alter table tool_calls add column result_characters integer;

-- The server of each MCP tool, by number of their words.
create table mcp_tools (
  tool integer primary key,
  server integer not null
) strict;

-- What was found in a session. Kind and member (a tool, an extension; 0 for none) are words;
-- count is what was found, between two moments, in n of its kind; amount is a second number of
-- it; the gains are what could have been spared, null where that is not known.
drop table insights;
create table insights (
  session integer not null,
  kind integer not null,
  member integer not null,
  at integer not null,
  until_at integer not null,
  count integer not null,
  n integer not null,
  amount integer,
  gain_tokens integer,
  gain_micros integer,
  gain_ms integer,
  primary key (session, kind, member)
) strict, without rowid;

-- Findings that a person has seen enough of, by their id: how severe and in how many sessions
-- they were then. Nothing derives these, so that a rebuild leaves them.
create table insight_dismissals (
  id text primary key,
  severity integer not null,
  sessions integer not null,
  at integer not null
) strict, without rowid;

-- Kinds of findings that a person wants to see nothing of.
create table insight_mutes (
  kind text primary key,
  at integer not null
) strict, without rowid;
