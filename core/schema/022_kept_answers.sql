-- How often a stretch changed since it was unsettled: what readers keep of its hours they read
-- anew when that rises. Every settling is a change of digests.
alter table unsettled add column change integer not null default 0;

create trigger unsettled_deleted after delete on unsettled begin
  insert into digest_changes values (1, 1) on conflict do update set change = change + 1;
end;

drop trigger model_sums_insert;
drop trigger model_sums_update;
drop trigger model_sums_delete;
drop trigger call_sums_insert;
drop trigger call_sums_update;
drop trigger call_sums_delete;
drop trigger error_sums_insert;
drop trigger error_sums_update;
drop trigger error_sums_delete;
drop trigger input_sums_insert;
drop trigger input_sums_update;
drop trigger input_sums_delete;
drop trigger attribution_sums_insert;
drop trigger attribution_sums_update;
drop trigger attribution_sums_delete;
drop trigger usage_sums_insert;
drop trigger usage_sums_update;
drop trigger usage_sums_delete;
drop trigger time_sums_insert;
drop trigger time_sums_update;
drop trigger time_sums_delete;
drop trigger duration_sums_insert;
drop trigger duration_sums_update;
drop trigger duration_sums_delete;
drop trigger inputs_insert;
drop trigger inputs_update;
drop trigger inputs_delete;
drop trigger active_spans_insert;
drop trigger active_spans_update;
drop trigger active_spans_delete;
drop trigger sessions_moved;
drop trigger sessions_changed;
drop trigger sessions_deleted;

create trigger model_sums_insert after insert on model_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger model_sums_update after update on model_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger model_sums_delete after delete on model_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger call_sums_insert after insert on call_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger call_sums_update after update on call_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger call_sums_delete after delete on call_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger error_sums_insert after insert on error_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger error_sums_update after update on error_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger error_sums_delete after delete on error_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger input_sums_insert after insert on input_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger input_sums_update after update on input_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger input_sums_delete after delete on input_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger attribution_sums_insert after insert on attribution_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger attribution_sums_update after update on attribution_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger attribution_sums_delete after delete on attribution_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger usage_sums_insert after insert on usage_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger usage_sums_update after update on usage_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger usage_sums_delete after delete on usage_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger time_sums_insert after insert on time_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger time_sums_update after update on time_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger time_sums_delete after delete on time_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger duration_sums_insert after insert on duration_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger duration_sums_update after update on duration_sums when new.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000,
    new.bucket - (new.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger duration_sums_delete after delete on duration_sums when old.tier = 900 begin
  insert into unsettled (from_at, until_at) values (
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000,
    old.bucket - (old.bucket % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger inputs_insert after insert on inputs when new.words is not null begin
  insert into unsettled (from_at, until_at) values (
    new.at - (new.at % 3600000 + 3600000) % 3600000,
    new.at - (new.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger inputs_update after update of at, kind, words on inputs
when old.words is not null or new.words is not null begin
  insert into unsettled (from_at, until_at) values (
    old.at - (old.at % 3600000 + 3600000) % 3600000,
    old.at - (old.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
  insert into unsettled (from_at, until_at) values (
    new.at - (new.at % 3600000 + 3600000) % 3600000,
    new.at - (new.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger inputs_delete after delete on inputs when old.words is not null begin
  insert into unsettled (from_at, until_at) values (
    old.at - (old.at % 3600000 + 3600000) % 3600000,
    old.at - (old.at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger active_spans_insert after insert on active_spans begin
  insert into unsettled (from_at, until_at) values (
    new.from_at - (new.from_at % 3600000 + 3600000) % 3600000,
    new.to_at - (new.to_at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
-- A stretch that goes on changes no more than its end.
create trigger active_spans_update after update on active_spans
when new.from_at <> old.from_at or new.to_at <> old.to_at or new.session <> old.session
begin
  insert into unsettled (from_at, until_at)
    select from_at - (from_at % 3600000 + 3600000) % 3600000,
      to_at - (to_at % 3600000 + 3600000) % 3600000 + 3600000
    from (
      select min(old.to_at, new.to_at) as from_at, max(old.to_at, new.to_at) as to_at
        where new.from_at = old.from_at and new.session = old.session
      union all
      select old.from_at, old.to_at
        where new.from_at <> old.from_at or new.session <> old.session
      union all
      select new.from_at, new.to_at
        where new.from_at <> old.from_at or new.session <> old.session
    )
    where true on conflict do update set change = change + 1;
end;
create trigger active_spans_delete after delete on active_spans begin
  insert into unsettled (from_at, until_at) values (
    old.from_at - (old.from_at % 3600000 + 3600000) % 3600000,
    old.to_at - (old.to_at % 3600000 + 3600000) % 3600000 + 3600000
  ) on conflict do update set change = change + 1;
end;
create trigger sessions_moved after update of started_at, ended_at on sessions
when (new.started_at is not old.started_at or new.ended_at is not old.ended_at)
  and ifnull(new.ended_at - new.started_at, 0) <= 2678400000
begin
  insert into unsettled (from_at, until_at)
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
    on conflict do update set change = change + 1;
end;
-- What of a session is another's now, or no one's, stands in hours that a reader keeps, too (none
-- of those in a mark of more than 31 days).
create trigger sessions_changed
after update of platform, project, counted, started_at, ended_at on sessions
when old.platform <> new.platform or old.project is not new.project
  or old.counted <> new.counted or new.started_at is null or new.ended_at is null
  or new.ended_at - new.started_at > 2678400000
    and ifnull(old.ended_at - old.started_at, 0) <= 2678400000
begin
  insert into unsettled (from_at, until_at)
    select from_at, until_at from digests
    where level = 2 and platform = 0
      and from_at <= max(ifnull(old.ended_at, new.ended_at), ifnull(new.ended_at, old.ended_at))
      and until_at
        >= min(ifnull(old.started_at, new.started_at), ifnull(new.started_at, old.started_at))
    on conflict do update set change = change + 1;
  update unsettled set change = change + 1
    where from_at
        <= max(ifnull(old.ended_at, new.ended_at), ifnull(new.ended_at, old.ended_at))
      and from_at >= -2678400000
        + min(ifnull(old.started_at, new.started_at), ifnull(new.started_at, old.started_at))
      and until_at
        >= min(ifnull(old.started_at, new.started_at), ifnull(new.started_at, old.started_at));
end;
create trigger sessions_deleted after delete on sessions begin
  insert into unsettled (from_at, until_at)
    select from_at, until_at from digests
    where level = 2 and platform = 0
      and from_at <= old.ended_at and until_at >= old.started_at
    on conflict do update set change = change + 1;
  update unsettled set change = change + 1
    where from_at <= old.ended_at and from_at >= old.started_at - 2678400000
      and until_at >= old.started_at;
end;

-- The walk along a session is written behind what it walks along, and findings behind that.
create trigger session_usage_added after insert on session_usage
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;
create trigger session_usage_removed after delete on session_usage
when old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;
create trigger tool_sequences_added after insert on tool_sequences
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;
create trigger tool_sequences_removed after delete on tool_sequences
when old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;
create trigger insights_added after insert on insights
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;
create trigger insights_removed after delete on insights
when old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;
