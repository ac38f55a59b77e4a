-- Into which phases of work the time of the main thread went, in milliseconds, and its calls by
-- phase; an answer has none. All sessions are counted anew.
alter table usage_sums add column phase_explore_ms integer not null default 0;
alter table usage_sums add column phase_plan_ms integer not null default 0;
alter table usage_sums add column phase_edit_ms integer not null default 0;
alter table usage_sums add column phase_test_ms integer not null default 0;
alter table usage_sums add column phase_run_ms integer not null default 0;
alter table usage_sums add column phase_commit_ms integer not null default 0;
alter table usage_sums add column phase_delegate_ms integer not null default 0;
alter table usage_sums add column phase_other_ms integer not null default 0;
alter table usage_sums add column phase_answer_ms integer not null default 0;
alter table usage_sums add column phase_explore_calls integer not null default 0;
alter table usage_sums add column phase_plan_calls integer not null default 0;
alter table usage_sums add column phase_edit_calls integer not null default 0;
alter table usage_sums add column phase_test_calls integer not null default 0;
alter table usage_sums add column phase_run_calls integer not null default 0;
alter table usage_sums add column phase_commit_calls integer not null default 0;
alter table usage_sums add column phase_delegate_calls integer not null default 0;
alter table usage_sums add column phase_other_calls integer not null default 0;

-- Turns of the main thread by their workflow: a digit for each phase in the order in which those
-- first came (core/phases.ts), 0 where no tool was called. Timed are those whose time is known,
-- turn_ms how long these took.
create table workflows (
  session integer not null,
  workflow integer not null,
  turns integer not null,
  finished integer not null,
  broken_off integer not null,
  calls integer not null,
  failed integer not null,
  timed integer not null,
  turn_ms integer not null,
  primary key (session, workflow)
) strict, without rowid;

-- In the order in which a report of all time adds them up; it holds all columns.
create index workflows_all on workflows (workflow, session, turns, finished, broken_off, calls,
  failed, timed, turn_ms);

-- Holds also what the phase of a call is told by.
drop index tool_calls_time;
create index tool_calls_time on tool_calls (session, side, at, outcome, resolved_at, duration_ms,
  tool, called, is_edit, form, git_commits, git_pushes, pull_requests);
