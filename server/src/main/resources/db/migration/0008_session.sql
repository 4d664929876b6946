-- A row exists while the session lives. secret_hash is null for sessions that carry tokens only.
CREATE TABLE session (
    id               ${text}    NOT NULL PRIMARY KEY,
    tenant_id        ${text}    NOT NULL,
    user_id          ${text}    NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    mode             ${text}    NOT NULL,
    secret_hash      ${text},
    epoch            ${bigint}  NOT NULL,
    remembered       ${boolean} NOT NULL,
    ip               ${text}    NOT NULL,
    user_agent       ${text}    NOT NULL,
    created_at       ${bigint}  NOT NULL,
    authenticated_at ${bigint}  NOT NULL,
    last_activity    ${bigint}  NOT NULL,
    expires_at       ${bigint}  NOT NULL
) ${strict};

CREATE UNIQUE INDEX session_secret ON session (secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX session_by_user ON session (user_id, last_activity);
CREATE INDEX session_expiry ON session (expires_at);
