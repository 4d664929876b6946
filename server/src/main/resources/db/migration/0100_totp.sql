-- Authenticator apps. The seed is sealed under the user's data key: whoever reads the table can make no code, and erasing the
-- user's salt shreds it. Algorithm and digits are the device's own, because a changed setting must not break it.
CREATE TABLE totp_device (
    id           ${text}    NOT NULL PRIMARY KEY,
    user_id      ${text}    NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    tenant_id    ${text}    NOT NULL,
    name         ${text}    NOT NULL,
    seed         ${blob}    NOT NULL,
    algorithm    ${text}    NOT NULL,
    digits       ${integer} NOT NULL,
    -- The newest time step whose code was accepted; no code of it or of an earlier one is accepted again.
    spent_step   ${bigint}  NOT NULL,
    created_at   ${bigint}  NOT NULL,
    last_used_at ${bigint}
) ${strict};

CREATE INDEX totp_device_by_user ON totp_device (user_id, created_at, id);
