-- What a client shows of the limits of its account, as a history: one row for each share that was
-- seen used (in thousandths) of a window that ends at resets_at (0 where that is not told), and
-- from when until when it was seen. Name is a word.
create table limit_uses (
  platform integer not null,
  name integer not null,
  resets_at integer not null,
  used integer not null,
  first_at integer not null,
  last_at integer not null,
  primary key (platform, name, resets_at, used)
) strict, without rowid;

create index limit_uses_time on limit_uses (last_at);
