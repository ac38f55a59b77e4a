-- What each response's cost went to: calls know the response that asked for them, and one table of
-- sums tells every number of calls by tool, model, permission mode and extension.

-- calls_told is 1 where a telling says which calls it made, calls how many are known of.
alter table responses add column calls_told integer not null default 0;
alter table responses add column calls integer not null default 0;

-- response is the key of the one that asked for the call, model that of it or the one that the
-- client names. The share is the call's part of its response: micros are millionths of a dollar,
-- null where that has no price; tokens are input and output, null where they are not kept;
-- session and at say where the response stands, so that parts lie where their whole does.
alter table tool_calls add column response integer;
alter table tool_calls add column model integer;
alter table tool_calls add column share_session integer;
alter table tool_calls add column share_at integer;
alter table tool_calls add column share_micros integer;
alter table tool_calls add column share_tokens integer;
create index tool_calls_response on tool_calls (response) where response is not null;

-- Kinds of calls, by number of their words; 0 for none. What no call was made for has no tool.
create table call_kinds (
  id integer primary key,
  tool integer not null,
  model integer not null,
  mode integer not null,
  extension integer not null,
  unique (tool, model, mode, extension)
) strict;

create table call_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  kind integer not null,
  uses integer not null default 0,
  ok integer not null default 0,
  failed integer not null default 0,
  rejected integer not null default 0,
  interrupted integer not null default 0,
  permission_denied integer not null default 0,
  hook_blocked integer not null default 0,
  cancelled_sibling integer not null default 0,
  lines_added integer not null default 0,
  lines_removed integer not null default 0,
  files_created integer not null default 0,
  created_file_lines integer not null default 0,
  web_searches integer not null default 0,
  git_commits integer not null default 0,
  git_pushes integer not null default 0,
  pull_requests integer not null default 0,
  edits_accepted integer not null default 0,
  edits_rejected integer not null default 0,
  edits_modified integer not null default 0,
  edits_undone integer not null default 0,
  edits_auto integer not null default 0,
  edits_unknown integer not null default 0,
  edits_accepted_by_permission integer not null default 0,
  permission_asked integer not null default 0,
  permission_granted integer not null default 0,
  edits_accepted_by_review integer not null default 0,
  edits_accepted_by_commit integer not null default 0,
  cost_edits_accepted integer not null default 0,
  cost_edits_auto integer not null default 0,
  cost_edits_rejected integer not null default 0,
  cost_edits_modified integer not null default 0,
  cost_edits_undone integer not null default 0,
  cost_edits_unknown integer not null default 0,
  cost_calls_ok integer not null default 0,
  cost_calls_failed integer not null default 0,
  cost_refused_by_person integer not null default 0,
  cost_refused_by_rule integer not null default 0,
  cost_refused_by_hook integer not null default 0,
  cost_interrupted integer not null default 0,
  cost_cancelled integer not null default 0,
  cost_unfinished integer not null default 0,
  cost_talk integer not null default 0,
  cost_unlinked integer not null default 0,
  tokens_rejected integer not null default 0,
  tokens_failed integer not null default 0,
  priced_calls integer not null default 0,
  lines_accepted integer not null default 0,
  lines_auto integer not null default 0,
  primary key (tier, bucket, session, kind)
) strict, without rowid;

-- Calls that were told without their response are of no model.
insert into call_kinds (tool, model, mode, extension)
  select distinct tool, 0, ifnull(mode, 0), ifnull(extension, 0) from tool_calls
  where tool is not null;
insert into call_sums (
  tier, bucket, session, kind,
  uses, ok, failed, rejected, interrupted, permission_denied, hook_blocked, cancelled_sibling,
  lines_added, lines_removed, files_created, created_file_lines, web_searches, git_commits,
  git_pushes, pull_requests, edits_accepted, edits_rejected, edits_modified, edits_undone,
  edits_auto, edits_unknown, edits_accepted_by_permission, permission_asked,
  permission_granted, edits_accepted_by_review
)
  with
    tiers (seconds, since) as (values
      (0, 0), (900, 0),
      (60, (select min(bucket) from tool_sums where tier = 60)),
      (300, (select min(bucket) from tool_sums where tier = 300))
    ),
    judged as (
      select *,
        lines_added = 0 and lines_removed = 0 and files_created = 0 and created_file_lines = 0
          and outcome is 0 as is_noted,
        asked = 1 or decided_by is 1 as is_permitted,
        case
          when is_edit = 0 then 'none'
          when outcome is 2 or reviewed is 2 then 'rejected'
          when called = 0 then iif(reviewed is 1, 'accepted', 'unknown')
          when outcome is not 0 then 'unknown'
          when user_modified = 1 then 'modified'
          when asked = 1 or decided_by is 1 or reviewed is 1 then 'accepted'
          when decided_by is 2 then 'auto'
          when use_source is 1 and mode is null then 'unknown'
          when headless = 1 or mode in (
            select id from words
            where text in ('acceptEdits', 'auto', 'bypassPermissions', 'dontAsk')
          ) then 'auto'
          else 'accepted'
        end as verdict
      from tool_calls where tool is not null
    ),
    counted as (
      select *, iif(is_noted, ifnull(noted_added, 0), lines_added) as added,
        iif(is_noted, ifnull(noted_removed, 0), lines_removed) as removed
      from judged
    )
  select t.seconds, iif(t.seconds = 0, 0, c.at - c.at % (t.seconds * 1000)), c.session, k.id,
    sum(called), sum(outcome is 0), sum(outcome is 1), sum(outcome is 2), sum(outcome is 3),
    sum(outcome is 4), sum(outcome is 5), sum(outcome is 6),
    sum(added), sum(removed), sum(files_created), sum(created_file_lines),
    sum(web_searches), sum(git_commits), sum(git_pushes), sum(pull_requests),
    sum(verdict = 'accepted'), sum(verdict = 'rejected'), sum(verdict = 'modified'),
    sum(verdict = 'undone'), sum(verdict = 'auto'), sum(verdict = 'unknown'),
    sum(verdict = 'accepted' and is_permitted), sum(asked),
    sum(asked = 1 and outcome in (0, 1, 3)),
    sum(verdict = 'accepted' and not is_permitted and reviewed is 1)
  from counted c
  join tiers t on c.at - c.at % max(t.seconds * 1000, 1) >= t.since or t.seconds = 0
  join call_kinds k on k.tool = c.tool and k.model = 0 and k.mode = ifnull(c.mode, 0)
    and k.extension = ifnull(c.extension, 0)
  group by 1, 2, 3, 4;
insert into call_kinds (tool, model, mode, extension)
  select distinct 0, member, 0, 0 from model_sums where cost_micros <> 0;
insert into call_sums (tier, bucket, session, kind, cost_unlinked)
  select s.tier, s.bucket, s.session, k.id, s.cost_micros from model_sums s
  join call_kinds k on k.tool = 0 and k.model = s.member and k.mode = 0 and k.extension = 0
  where s.cost_micros <> 0;
drop table tool_sums;
drop table extension_sums;

create view kind_sums as
  select x.*, k.tool, k.model, k.mode, k.extension
  from call_sums x join call_kinds k on k.id = x.kind;

-- The same by tool, and by extension of the file, of calls that name one: a row for each kind of
-- which a call stands there, and not a share alone.
create view tool_sums as
  select *, tool as member from kind_sums
  where tool <> 0 and uses + edits_accepted + edits_rejected + edits_modified + edits_undone
    + edits_auto + edits_unknown <> 0;
create view extension_sums as
  select *, extension as member from kind_sums
  where extension <> 0 and uses + edits_accepted + edits_rejected + edits_modified + edits_undone
    + edits_auto + edits_unknown <> 0;
