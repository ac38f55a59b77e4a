-- What is told of assistants that keep less of a session than others, and count some of it
-- themselves.

-- tokens_kept is 0 once something told that the assistant does not keep them.
alter table sessions add column tokens_kept integer not null default 1;

-- kept is 1 where the tokens are the client's own, 0 where none are kept, 2 for an estimate.
alter table responses add column kept integer not null default 1;

-- is_edit is 1 for a tool that changes files; called is 0 for a proposal that no call made;
-- reviewed is 1 where a person kept the change afterwards, 2 where one took it back; the noted
-- lines are those that something beside the call tells.
alter table tool_calls add column is_edit integer not null default 0;
alter table tool_calls add column called integer not null default 1;
alter table tool_calls add column reviewed integer;
alter table tool_calls add column noted_added integer;
alter table tool_calls add column noted_removed integer;
update tool_calls set is_edit = 1
  where tool in (
    select id from words where text in ('Edit', 'Write', 'MultiEdit', 'NotebookEdit'));
create index tool_calls_edits on tool_calls (session, at, extension, file, outcome, reviewed)
  where is_edit = 1 and file is not null;
drop index tool_calls_time;
create index tool_calls_time
  on tool_calls (session, side, at, outcome, resolved_at, duration_ms, tool, called);

-- A loose input counts where its session tells none itself (kind is -1 where it does); an untimed
-- one says when it was at the earliest, so that nothing can be timed from it.
alter table inputs add column loose integer not null default 0;
alter table inputs add column untimed integer not null default 0;
create index inputs_loose on inputs (session) where loose = 1;
drop index inputs_time;
create index inputs_time on inputs (session, at, kind, untimed);

alter table model_sums add column messages_without_tokens integer not null default 0;
alter table model_sums add column estimated_input integer not null default 0;
alter table model_sums add column estimated_output integer not null default 0;
alter table tool_sums add column edits_accepted_by_review integer not null default 0;
alter table extension_sums add column edits_accepted_by_review integer not null default 0;

-- Numbers that a client shows of a session, as the latest telling has them, and at their greatest.
-- Name is a word.
create table session_gauges (
  session integer not null,
  name integer not null,
  at integer not null,
  last integer not null,
  greatest integer not null,
  primary key (session, name)
) strict, without rowid;

-- The modes in which a session was.
create table session_modes (
  session integer not null,
  mode integer not null,
  primary key (session, mode)
) strict, without rowid;

-- Pieces of differences that a person judged one by one: each row is a difference.
create table reviewed_hunks (
  key integer primary key,
  session integer not null,
  at integer not null,
  hunks_accepted integer not null,
  hunks_rejected integer not null,
  accepted_lines_added integer not null,
  accepted_lines_removed integer not null,
  rejected_lines_added integer not null,
  rejected_lines_removed integer not null
) strict;

create index reviewed_hunks_session on reviewed_hunks (session);

-- Lines that an assistant counts by day; `at` is the midnight in UTC of a day of the user's zone.
create table daily_lines (
  key integer primary key,
  session integer not null,
  at integer not null,
  tab_suggested_lines integer not null,
  tab_accepted_lines integer not null,
  composer_suggested_lines integer not null,
  composer_accepted_lines integer not null
) strict;

-- Lines of code that an assistant tracks, by source (a word) and kind of file.
create table tracked_lines (
  key integer primary key,
  session integer not null,
  at integer not null,
  source integer not null,
  extension integer not null,
  lines integer not null
) strict;

-- Commits, and by whom their lines are as the assistant has it; a commit is a keyed hash.
create table scored_commits (
  key integer primary key,
  session integer not null,
  at integer not null,
  lines_added integer not null,
  lines_removed integer not null,
  tab_lines_added integer not null,
  tab_lines_removed integer not null,
  composer_lines_added integer not null,
  composer_lines_removed integer not null,
  human_lines_added integer not null,
  human_lines_removed integer not null,
  blank_lines_added integer not null,
  blank_lines_removed integer not null
) strict;
