-- On whose account a response goes where no line of a transcript tells it: which of agent type,
-- skill, server and effort an export told, as bits. What the traces tell of earlier ones comes
-- when they are derived again.
alter table responses add column exported integer not null default 0;
