-- What an assistant tells of itself: its decisions, what became of them, turns and feedback. A
-- decision about a tool call is named by the key of that call, any other by a key of its own.
-- Kinds are places in the lists of core/tracking.ts.
create table tracked_decisions (
  decision integer not null,
  session integer not null,
  at integer not null,
  kind integer not null,
  primary key (decision, session)
) strict, without rowid;

-- The latest outcome that a session tells of a decision: its place in REPORTED_OUTCOMES.
create table reported_outcomes (
  decision integer not null,
  session integer not null,
  at integer not null,
  outcome integer not null,
  primary key (decision, session)
) strict, without rowid;

create table recorded_turns (
  turn integer not null,
  session integer not null,
  at integer not null,
  kind integer not null,
  primary key (session, turn)
) strict, without rowid;

-- Rating is null where none was given; of the words nothing but their size is known.
create table feedback (
  key integer primary key,
  session integer not null,
  at integer not null,
  kind integer not null,
  rating integer,
  characters integer not null
) strict;

-- What an assistant reported of a call: it counts where nothing else tells what became of that.
alter table tool_calls add column reported integer;
alter table call_sums add column edits_accepted_by_report integer not null default 0;
