-- Of what nothing older than a moment is stored again: a session by the keyed hash of its id, ''
-- for all of a platform.
create table tombstones (
  platform text not null,
  session text not null,
  until_at integer not null,
  primary key (platform, session)
) strict, without rowid;

-- Keyed hashes of purged events that tell no time of their own.
create table tombstone_events (
  key integer primary key,
  platform text not null
) strict;

-- A purge that is under way: it is finished, whatever comes between.
create table purges (
  id integer primary key check (id = 1),
  events integer not null,
  events_done integer not null,
  limits_from integer,
  limits_to integer
) strict;

-- Of which sessions, by number, and up to what moment of each.
create table purge_sessions (
  session integer primary key,
  cut_at integer not null
) strict;
