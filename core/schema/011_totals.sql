-- What was active in a period: of long ago there is more.
create index active_spans_time on active_spans (to_at, from_at, session);
