-- The codes of an account's one set that were not used yet. Making a new set overwrites slot by slot, so that two sets made at
-- once never add up.
CREATE TABLE backup_code (
    user_id   ${text}    NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    slot      ${integer} NOT NULL,
    code_hash ${text}    NOT NULL,
    PRIMARY KEY (user_id, slot)
) ${strict};
