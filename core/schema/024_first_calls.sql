-- How long it took from what a person typed to the first call of the main thread; null where its
-- turn made none, or is not timed.
alter table turns add column first_call_ms integer;
