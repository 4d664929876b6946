-- A short code that was sent, with the link in the same mail: one row, so that they die together. user_id is null where nobody
-- was to be found: it costs the same writes, and such a row can never be spent.
CREATE TABLE login_code (
    -- The attempt that asked; another one for the same attempt takes its place.
    attempt_hash ${text}    NOT NULL PRIMARY KEY,
    tenant_id    ${text}    NOT NULL,
    user_id      ${text}    REFERENCES app_user (id) ON DELETE CASCADE,
    epoch        ${bigint}  NOT NULL,
    channel      ${text}    NOT NULL,
    destination  ${text}    NOT NULL,
    code_hash    ${text}    NOT NULL,
    link_hash    ${text}    NOT NULL,
    tries_left   ${integer} NOT NULL,
    expires_at   ${bigint}  NOT NULL
) ${strict};

CREATE UNIQUE INDEX login_code_by_link ON login_code (link_hash);
CREATE INDEX login_code_by_user ON login_code (user_id);
CREATE INDEX login_code_expiry ON login_code (expires_at);
