-- Since when this browser passes for the second factor; null where it does not, or where a server before this one let it: then it
-- is taken for as old as the row.
ALTER TABLE known_device ADD COLUMN trusted_at ${bigint};
