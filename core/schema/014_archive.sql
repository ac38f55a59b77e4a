-- Events that left the blocks for Parquet files in the folder `archive`.

-- A file: archive/platform=…/month=…/part-<id>.parquet. Month is its year and month as one number;
-- digest is SHA-256 of the whole file. One without events is not finished, or to be removed:
-- whatever lies at its place is nothing.
create table archive_parts (
  id integer primary key autoincrement,
  platform integer not null references words (id),
  month integer not null,
  events integer not null,
  bytes integer not null,
  digest text not null
) strict;

-- Where the events of a block are: rows of a group of a part, or of several parts where the block
-- holds several months. While trace_blocks has the block as well, that is the one that counts.
create table archive_blocks (
  block integer not null,
  part integer not null references archive_parts (id),
  row_group integer not null,
  first_row integer not null,
  events integer not null,
  first_at integer not null,
  last_at integer not null,
  primary key (block, part)
) strict, without rowid;
create index archive_blocks_place on archive_blocks (part, row_group, first_row);
