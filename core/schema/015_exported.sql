-- What a client exports of itself over OTLP. Requests and facts are told by log records or by
-- spans (via); request, call and message ids are what they are joined with transcripts by.
create table api_requests (
  key integer not null,
  via integer not null,
  session integer not null,
  at integer not null,
  model integer not null,
  purpose integer not null,
  input integer not null,
  output integer not null,
  cache_read integer not null,
  cache_creation integer not null,
  cost integer,
  duration_ms integer,
  ttft_ms integer,
  attempt integer,
  fast integer not null,
  effort integer,
  agent integer,
  agent_type integer,
  skill integer,
  server integer,
  response integer,
  primary key (key, via)
) strict, without rowid;

create index api_requests_session on api_requests (session, at);
create index api_requests_time on api_requests (at);

create table exported_facts (
  key integer primary key,
  session integer not null,
  at integer not null,
  type integer not null,
  via integer not null,
  ref integer,
  name integer,
  kind integer,
  verdict integer,
  amount integer
) strict;

create index exported_facts_session on exported_facts (session, type, at);
create index exported_facts_time on exported_facts (type, at);

create table metric_points (
  key integer primary key,
  session integer not null,
  at integer not null,
  started_at integer,
  metric integer not null,
  kind integer,
  model integer,
  purpose integer,
  cumulative integer not null,
  value integer not null
) strict;

create index metric_points_session on metric_points (session);

alter table responses add column request integer;
