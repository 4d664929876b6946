-- Master keys that were current before. needed: values sealed with it may still be there, so no server starts without it.
-- sealed_keys is what the audit trail, which nobody may rewrite, and keyed hashes, whose texts nobody knows, go on needing of it,
-- sealed with the current one.
CREATE TABLE former_master_key (
    key_id           ${text}    NOT NULL PRIMARY KEY,
    needed           ${boolean} NOT NULL,
    sealed_keys      ${blob}    NOT NULL,
    replaced_at      ${bigint}  NOT NULL
) ${strict};
