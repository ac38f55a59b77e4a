-- What all sessions did in an hour, a day or a month, as the reader of a long period adds it up:
-- made of the sums when the day is over, and of no use while something of its time is unsettled.

drop view if exists kind_totals;
drop view if exists tool_totals;
drop view if exists extension_totals;
drop trigger if exists model_added;
drop trigger if exists model_changed;
drop trigger if exists model_removed;
drop table if exists model_totals;
drop trigger if exists call_added;
drop trigger if exists call_changed;
drop trigger if exists call_removed;
drop table if exists call_totals;
drop trigger if exists error_added;
drop trigger if exists error_changed;
drop trigger if exists error_removed;
drop table if exists error_totals;
drop trigger if exists input_added;
drop trigger if exists input_changed;
drop trigger if exists input_removed;
drop table if exists input_totals;
drop trigger if exists attribution_added;
drop trigger if exists attribution_changed;
drop trigger if exists attribution_removed;
drop table if exists attribution_totals;
drop trigger if exists duration_added;
drop trigger if exists duration_changed;
drop trigger if exists duration_removed;
drop table if exists duration_totals;

-- Level is 1 of an hour, 2 of a day, 3 of a month: stretches of the calendar of the zone that
-- `made_with` names. Platform and project are words, both 0 for all sessions together, project 0
-- for none. The texts are JSON of numbers alone (core/reports/digest_text.ts): what groups of a
-- report tell, what is told of a period alone, how long things took by measure, and the same of
-- calls by tool.
create table digests (
  id integer primary key,
  level integer not null,
  platform integer not null,
  project integer not null,
  from_at integer not null,
  until_at integer not null,
  counts text not null,
  whole text not null,
  durations text not null,
  tools text not null
) strict;

create unique index digests_place on digests (level, from_at, platform, project, until_at);

-- Until when the past of each fork goes, as the digests have it.
create table settled_forks (
  session integer primary key,
  until_at integer not null
) strict;

-- Stretches of time in which something changed that digests hold: whole hours. Triggers write
-- them, so that whatever adds, changes or deletes rows makes its digests be made anew. (What
-- fires a trigger overrides an `or ignore` in it.)
create table unsettled (
  from_at integer not null,
  until_at integer not null,
  primary key (from_at, until_at)
) strict, without rowid;

-- What there is already.
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from model_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from call_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from error_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from input_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from attribution_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from usage_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from time_sums where tier = 900;
insert or ignore into unsettled
  select distinct bucket - (bucket % 3600000 + 3600000) % 3600000,
    bucket - (bucket % 3600000 + 3600000) % 3600000 + 3600000
  from duration_sums where tier = 900;
insert or ignore into unsettled
  select distinct at - (at % 3600000 + 3600000) % 3600000,
    at - (at % 3600000 + 3600000) % 3600000 + 3600000
  from inputs where words is not null;
insert or ignore into unsettled
  select distinct from_at - (from_at % 3600000 + 3600000) % 3600000,
    to_at - (to_at % 3600000 + 3600000) % 3600000 + 3600000
  from active_spans;
insert or ignore into unsettled
  select distinct started_at - (started_at % 3600000 + 3600000) % 3600000,
    ended_at - (ended_at % 3600000 + 3600000) % 3600000 + 3600000
  from sessions where ended_at - started_at <= 2678400000;

create trigger model_sums_insert after insert on model_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger model_sums_update after update on model_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger model_sums_delete after delete on model_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger call_sums_insert after insert on call_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger call_sums_update after update on call_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger call_sums_delete after delete on call_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger error_sums_insert after insert on error_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger error_sums_update after update on error_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger error_sums_delete after delete on error_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger input_sums_insert after insert on input_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger input_sums_update after update on input_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger input_sums_delete after delete on input_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger attribution_sums_insert after insert on attribution_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger attribution_sums_update after update on attribution_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger attribution_sums_delete after delete on attribution_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger usage_sums_insert after insert on usage_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger usage_sums_update after update on usage_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger usage_sums_delete after delete on usage_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger time_sums_insert after insert on time_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger time_sums_update after update on time_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger time_sums_delete after delete on time_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger duration_sums_insert after insert on duration_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger duration_sums_update after update on duration_sums when new.tier = 900 begin
  insert into unsettled values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger duration_sums_delete after delete on duration_sums when old.tier = 900 begin
  insert into unsettled values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;

-- The sizes of prompts are counted in no sum.
create trigger inputs_insert after insert on inputs when new.words is not null begin
  insert into unsettled values (
    new.at - (new.at % 3600000 + 3600000) % 3600000,
    new.at - (new.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger inputs_update after update of at, kind, words on inputs
when old.words is not null or new.words is not null begin
  insert into unsettled values (
    old.at - (old.at % 3600000 + 3600000) % 3600000,
    old.at - (old.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
  insert into unsettled values (
    new.at - (new.at % 3600000 + 3600000) % 3600000,
    new.at - (new.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger inputs_delete after delete on inputs when old.words is not null begin
  insert into unsettled values (
    old.at - (old.at % 3600000 + 3600000) % 3600000,
    old.at - (old.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger active_spans_insert after insert on active_spans begin
  insert into unsettled values (
    new.from_at - (new.from_at % 3600000 + 3600000) % 3600000,
    new.to_at - (new.to_at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger active_spans_update after update on active_spans begin
  insert into unsettled values (
    old.from_at - (old.from_at % 3600000 + 3600000) % 3600000,
    old.to_at - (old.to_at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
  insert into unsettled values (
    new.from_at - (new.from_at % 3600000 + 3600000) % 3600000,
    new.to_at - (new.to_at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;
create trigger active_spans_delete after delete on active_spans begin
  insert into unsettled values (
    old.from_at - (old.from_at % 3600000 + 3600000) % 3600000,
    old.to_at - (old.to_at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do nothing;
end;

-- Of sessions of more than 31 days, as a clock that was set back makes them, digests do not hold
-- how long they were: those are few.
create index sessions_long on sessions (started_at) where ended_at - started_at > 2678400000;

-- A session that goes on changes no more than its end.
create trigger sessions_moved after update of started_at, ended_at on sessions
when (new.started_at is not old.started_at or new.ended_at is not old.ended_at)
  and ifnull(new.ended_at - new.started_at, 0) <= 2678400000
begin
  insert into unsettled
    select from_at - (from_at % 3600000 + 3600000) % 3600000,
      to_at - (to_at % 3600000 + 3600000) % 3600000 + 3600000
    from (
      select min(old.started_at, new.started_at) as from_at,
        max(old.started_at, new.started_at) as to_at
        where old.started_at <> new.started_at
      union all
      select min(old.ended_at, new.ended_at), max(old.ended_at, new.ended_at)
        where old.ended_at <> new.ended_at
      union all
      select new.started_at, new.ended_at
        where old.started_at is null or old.ended_at is null
          or old.ended_at - old.started_at > 2678400000
    )
    where from_at is not null and to_at is not null
    on conflict do nothing;
end;

-- What of a session is another's now, or no one's, stands in digests that there are.
create trigger sessions_changed
after update of platform, project, counted, started_at, ended_at on sessions
when old.platform <> new.platform or old.project is not new.project
  or old.counted <> new.counted or new.started_at is null or new.ended_at is null
  or new.ended_at - new.started_at > 2678400000
    and ifnull(old.ended_at - old.started_at, 0) <= 2678400000
begin
  insert into unsettled
    select from_at, until_at from digests
    where level = 2 and platform = 0
      and from_at <= max(ifnull(old.ended_at, new.ended_at), ifnull(new.ended_at, old.ended_at))
      and until_at
        >= min(ifnull(old.started_at, new.started_at), ifnull(new.started_at, old.started_at))
    on conflict do nothing;
end;
create trigger sessions_deleted after delete on sessions begin
  insert into unsettled
    select from_at, until_at from digests
    where level = 2 and platform = 0
      and from_at <= old.ended_at and until_at >= old.started_at
    on conflict do nothing;
end;

-- Few calls fail or search, of which all are asked for.
create index tool_calls_failed on tool_calls (at, key) where outcome = 1;
create index call_sums_searches on call_sums (session, kind)
  where tier = 0 and web_searches <> 0;
