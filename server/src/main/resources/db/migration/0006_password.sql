-- The hash that opens an account, in PHC form or as its origin wrote it. No row: the account has no password.
CREATE TABLE password_credential (
    user_id ${text} NOT NULL PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    hash ${text} NOT NULL,
    -- Counts a user's passwords, so that history has an order that does not hang on the clock.
    generation ${bigint} NOT NULL,
    changed_at ${bigint} NOT NULL
) ${strict};

CREATE TABLE password_history (
    user_id ${text} NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    generation ${bigint} NOT NULL,
    hash ${text} NOT NULL,
    replaced_at ${bigint} NOT NULL,
    PRIMARY KEY (user_id, generation)
) ${strict};
