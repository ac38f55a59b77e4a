-- Which sessions changed last, in the order in which they did: what readers keep of a session they
-- read anew when its number stands behind what they know. Triggers write it, so that whatever
-- adds, changes or deletes rows of a session is seen. Who changed last may change more: a reader
-- takes the last one that it knows for changed, too.
create table session_changes (
  change integer primary key,
  session integer not null unique
) strict;

insert into session_changes (session) select id from sessions order by id;

create trigger model_sums_added after insert on model_sums
when new.tier = 0 and new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger model_sums_moved after update on model_sums
when new.tier = 0 and new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger model_sums_removed after delete on model_sums
when old.tier = 0 and old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;

create trigger call_sums_added after insert on call_sums
when new.tier = 0 and new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger call_sums_moved after update on call_sums
when new.tier = 0 and new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger call_sums_removed after delete on call_sums
when old.tier = 0 and old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;

create trigger input_sums_added after insert on input_sums
when new.tier = 0 and new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger input_sums_moved after update on input_sums
when new.tier = 0 and new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger input_sums_removed after delete on input_sums
when old.tier = 0 and old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;

create trigger tool_calls_added after insert on tool_calls
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger tool_calls_moved after update on tool_calls
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger tool_calls_removed after delete on tool_calls
when old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;

create trigger responses_added after insert on responses
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger responses_moved after update on responses
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger responses_removed after delete on responses
when old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;

create trigger active_spans_added after insert on active_spans
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger active_spans_moved after update on active_spans
when new.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.session;
  insert into session_changes (session) values (new.session);
end;

create trigger active_spans_removed after delete on active_spans
when old.session is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.session;
  insert into session_changes (session) values (old.session);
end;

create trigger sessions_added after insert on sessions
when new.id is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.id;
  insert into session_changes (session) values (new.id);
end;

create trigger sessions_altered after update on sessions
when new.id is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = new.id;
  insert into session_changes (session) values (new.id);
end;

create trigger sessions_removed after delete on sessions
when old.id is not
    (select session from session_changes order by change desc limit 1)
begin
  delete from session_changes where session = old.id;
  insert into session_changes (session) values (old.id);
end;

-- How often a digest was made: what readers keep of digests they read anew when it rises.
create table digest_changes (
  id integer primary key check (id = 1),
  change integer not null
) strict;
create trigger digests_added after insert on digests begin
  insert into digest_changes values (1, 1) on conflict do update set change = change + 1;
end;

-- What failed is read session by session.
drop index tool_calls_failed;
