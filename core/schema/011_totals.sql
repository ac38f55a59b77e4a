-- What was active in a period: of long ago there is more.
create index active_spans_time on active_spans (to_at, from_at, session);

-- In the order in which a report of all time adds them up.
create index tool_sequences_tools on tool_sequences (first, second, third, count);
