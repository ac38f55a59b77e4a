-- 1 where a client deletes what a person takes back: of such a conversation only that is known to
-- be taken back which was read before, and never that nothing was.
alter table prompt_places add column fleeting integer not null default 0;
