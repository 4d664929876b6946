-- A user who lost every second factor waits here; one wait at a time.
CREATE TABLE factor_recovery (
    user_id      ${text}   NOT NULL PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    epoch        ${bigint} NOT NULL,
    requested_at ${bigint} NOT NULL,
    ready_at     ${bigint} NOT NULL,
    expires_at   ${bigint} NOT NULL,
    -- When an administrator agreed, where the policy asks for one.
    approved_at  ${bigint}
) ${strict};

CREATE INDEX factor_recovery_expiry ON factor_recovery (expires_at);
