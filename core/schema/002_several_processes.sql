-- What several processes and groups need.

-- Entries are named by text, as each kind of queue names them in its own way.
create table applied (
  name text not null,
  entry text not null,
  primary key (name, entry)
) strict, without rowid;
insert into applied select name, cast(entry as text) from applied_batches;
drop table applied_batches;
alter table applied rename to applied_batches;

-- How far each file's events are stored, where the queue is another program's that may lose its
-- memory: written with the rows. Machine is a keyed hash, "" for none told; mark is the JSON of
-- the checkpoint.
create table stored_sources (
  machine text not null,
  id text not null,
  platform integer not null references words (id),
  session_id text,
  lines integer not null,
  mark text not null,
  primary key (machine, id)
) strict, without rowid;
