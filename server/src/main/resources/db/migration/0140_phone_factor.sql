-- The telephone number that a user proved to read, for codes as a second factor; one a user.
CREATE TABLE phone_factor (
    user_id      ${text}   NOT NULL PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    -- ITU-T E.164.
    number       ${text}   NOT NULL,
    created_at   ${bigint} NOT NULL,
    last_used_at ${bigint}
) ${strict};
