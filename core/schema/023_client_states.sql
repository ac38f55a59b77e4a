-- How a client showed a session at a moment, as a history: null is what it did not show. Cost is
-- in millionths of a dollar.
create table client_states (
  session integer not null,
  at integer not null,
  context_tokens integer,
  context_limit integer,
  cost_micros integer,
  primary key (session, at)
) strict, without rowid;

create index client_states_time on client_states (at);
