-- Where the time of sessions went, and how long things took.

-- Stretches in which a sub-agent was active, as active_spans has them of sessions.
create table agent_spans (
  session integer not null references sessions (id),
  agent integer not null,
  from_at integer not null,
  to_at integer not null,
  primary key (session, agent, from_at)
) strict, without rowid;

-- What of the time between a session's first and last moment is known to be of the model, of a
-- tool, of a permission or of the user; the rest is idle and in no row. Agent_ms is the time of
-- all sub-agents added up, agents_busy_ms that in which any worked. Calls are those of the main
-- chain that ended; timed ones ended later than they began. Tiers are those of the other sums
-- but for whole sessions: those are found by the key.
create table time_sums (
  session integer not null,
  tier integer not null,
  bucket integer not null,
  model_ms integer not null,
  tool_ms integer not null,
  permission_ms integer not null,
  user_ms integer not null,
  agent_ms integer not null,
  agents_busy_ms integer not null,
  calls integer not null,
  timed_calls integer not null,
  primary key (session, tier, bucket)
) strict, without rowid;

-- Holds all columns: rows of a time lie where their sessions are.
create index time_sums_time on time_sums (tier, bucket, session, model_ms, tool_ms, permission_ms,
  user_ms, agent_ms, agents_busy_ms, calls, timed_calls);

-- What was active in a period: of long ago there is more.
create index active_spans_time on active_spans (to_at, from_at, session);

-- How many durations fell into a bin (core/durations.ts) of a measure: member is a tool, or less
-- than 0 for what is of none.
create table duration_sums (
  session integer not null,
  tier integer not null,
  bucket integer not null,
  member integer not null,
  bin integer not null,
  count integer not null,
  primary key (session, tier, bucket, member, bin)
) strict, without rowid;

create index duration_sums_time on duration_sums (tier, bucket, member, bin, count);

-- The same of all sessions, by day in UTC and (tier 0) ever. Triggers keep it, so that whatever
-- deletes a session's rows takes them out of here, too.
create table duration_totals (
  tier integer not null,
  bucket integer not null,
  member integer not null,
  bin integer not null,
  count integer not null,
  primary key (tier, bucket, member, bin)
) strict, without rowid;

create trigger duration_added after insert on duration_sums when new.tier = 900 begin
  insert into duration_totals (tier, bucket, member, bin, count) values
    (0, 0, new.member, new.bin, new.count),
    (86400, new.bucket - (new.bucket % 86400000 + 86400000) % 86400000, new.member, new.bin,
      new.count)
    on conflict do update set count = count + excluded.count;
end;

create trigger duration_changed after update of count on duration_sums when new.tier = 900 begin
  update duration_totals set count = count + new.count - old.count
    where tier = 0 and bucket = 0 and member = new.member and bin = new.bin;
  update duration_totals set count = count + new.count - old.count
    where tier = 86400 and member = new.member and bin = new.bin
      and bucket = new.bucket - (new.bucket % 86400000 + 86400000) % 86400000;
end;

create trigger duration_removed after delete on duration_sums when old.tier = 900 begin
  update duration_totals set count = count - old.count
    where tier = 0 and bucket = 0 and member = old.member and bin = old.bin;
  update duration_totals set count = count - old.count
    where tier = 86400 and member = old.member and bin = old.bin
      and bucket = old.bucket - (old.bucket % 86400000 + 86400000) % 86400000;
  delete from duration_totals
    where tier = 0 and bucket = 0 and member = old.member and bin = old.bin and count = 0;
  delete from duration_totals
    where tier = 86400 and member = old.member and bin = old.bin and count = 0
      and bucket = old.bucket - (old.bucket % 86400000 + 86400000) % 86400000;
end;
