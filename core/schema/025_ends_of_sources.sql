-- What every report asks of all files, without what the parser must know of each: that is most of
-- a row.
create index sources_ends on sources (platform, id, size, modified_at, position);
