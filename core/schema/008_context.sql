-- What the context of sessions is told by, and how they were used.

-- What the cache did to the cost of a response, in millionths of a dollar, null where the cost is:
-- what reading from it spared, and what writing to it cost beyond plain input. Agent type,
-- skill, server and effort are words, null where the client tells none.
alter table responses add column cache_read_saved integer;
alter table responses add column cache_write_extra integer;
alter table responses add column agent_type integer;
alter table responses add column skill integer;
alter table responses add column server integer;
alter table responses add column effort integer;
alter table model_sums add column cache_read_saved_micros integer not null default 0;
alter table model_sums add column cache_write_extra_micros integer not null default 0;

-- The size of what was typed, and of the context before and after it was compacted; null where
-- that is not told.
alter table inputs add column characters integer;
alter table inputs add column words integer;
alter table inputs add column tokens_before integer;
alter table inputs add column tokens_after integer;
create index inputs_words on inputs (kind, at, words, session) where words is not null;

-- Sessions that were going on in a period are few of all.
create index sessions_ended on sessions (ended_at);

-- Sums over responses and calls by that on whose account they go. Member is a word: `side` for
-- sub-agents, and with its kind before it an agent type, a skill, a server or an effort.
create table attribution_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  member integer not null,
  messages integer not null,
  messages_without_tokens integer not null,
  input integer not null,
  output integer not null,
  cache_read integer not null,
  cache_creation integer not null,
  priced_tokens integer not null,
  cost_micros integer not null,
  tool_uses integer not null,
  primary key (tier, bucket, session, member)
) strict, without rowid;

-- What is known of sub-agents already; of all else the traces tell, when they are derived again.
insert or ignore into words (text)
  select 'side' where exists (select 1 from responses where side = 1)
    or exists (select 1 from tool_calls where side = 1);
with tiers (seconds) as (values (0), (60), (300), (900)),
facts as (
  select session, at, 1 as messages, kept <> 1 as messages_without_tokens,
    iif(kept = 1, input, 0) as input, iif(kept = 1, output, 0) as output,
    iif(kept = 1, cache_read, 0) as cache_read, iif(kept = 1, cache_creation, 0) as cache_creation,
    iif(kept = 1 and cost is not null, input + output + cache_read + cache_creation, 0)
      as priced_tokens,
    iif(kept = 1, ifnull(cost, 0), 0) as cost_micros, 0 as tool_uses
  from responses where side = 1
  union all
  select session, at, 0, 0, 0, 0, 0, 0, 0, 0, 1
  from tool_calls where side = 1 and called = 1 and tool is not null
)
insert into attribution_sums
select seconds, iif(seconds = 0, 0, at / (seconds * 1000) * (seconds * 1000)), session,
  (select id from words where text = 'side'), sum(messages), sum(messages_without_tokens),
  sum(input), sum(output), sum(cache_read), sum(cache_creation), sum(priced_tokens),
  sum(cost_micros), sum(tool_uses)
from facts cross join tiers group by 1, 2, 3;

-- How the client says that a session began or went on; source is a word.
create table session_starts (
  session integer not null,
  at integer not null,
  source integer not null,
  primary key (session, at, source)
) strict, without rowid;

-- What a walk along the facts of a session counts, by the same tiers as the sums; the last three
-- are the greatest of a bucket, and no sums. A fill is the share of the model's context that a
-- request filled, in millionths.
create table usage_sums (
  tier integer not null,
  bucket integer not null,
  session integer not null,
  operations integer not null,
  calls_ok integer not null,
  calls_failed integer not null,
  edits integer not null,
  edits_again integer not null,
  files_edited integer not null,
  files_read_first integer not null,
  retries integer not null,
  retries_ok integer not null,
  model_switches integer not null,
  requests integer not null,
  requests_with_limit integer not null,
  requests_over_half integer not null,
  requests_over_four_fifths integer not null,
  compactions integer not null,
  compactions_told integer not null,
  tokens_freed integer not null,
  compaction_gaps integer not null,
  compaction_gap_ms integer not null,
  operations_after_compaction integer not null,
  prompts integer not null,
  prompts_measured integer not null,
  prompt_words integer not null,
  prompt_characters integer not null,
  prompts_short integer not null,
  prompts_middling integer not null,
  prompts_long integer not null,
  prompt_gaps_under_10s integer not null,
  prompt_gaps_under_30s integer not null,
  prompt_gaps_over_30s integer not null,
  operations_a_minute integer not null,
  largest_request integer not null,
  largest_fill integer not null,
  primary key (tier, bucket, session)
) strict, without rowid;

create index usage_sums_session on usage_sums (session);

-- The same of what has no sum: requests are of the main thread, in tokens; files_churned were
-- edited three times or more.
create table session_usage (
  session integer primary key,
  operations integer not null,
  files_edited integer not null,
  files_churned integer not null,
  request_last integer,
  request_median integer,
  request_largest integer,
  fill_last integer,
  fill_median integer,
  fill_largest integer
) strict;

-- Tools that were called one after the other in a turn: of each session the most frequent twos
-- and threes. Tools are words; third is 0 in a two.
create table tool_sequences (
  session integer not null,
  first integer not null,
  second integer not null,
  third integer not null,
  count integer not null,
  primary key (session, first, second, third)
) strict, without rowid;
