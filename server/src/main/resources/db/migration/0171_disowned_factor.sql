-- The second factor that a mail tells of, for its "this wasn't me" to remove: its kind, and its id where the kind has ids. Null
-- where the mail tells of something else, and where a server before this one wrote it.
ALTER TABLE link ADD COLUMN factor ${text};
ALTER TABLE link ADD COLUMN factor_id ${text};

-- When the code was made; null where a server before this one made it: then it is taken for older than any link.
ALTER TABLE backup_code ADD COLUMN created_at ${bigint};
