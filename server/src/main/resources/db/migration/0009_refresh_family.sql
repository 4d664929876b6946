-- One row per chain of refresh tokens: rotation replaces current_hash, so a token works once.
CREATE TABLE refresh_family (
    handle           ${text}    NOT NULL PRIMARY KEY,
    tenant_id        ${text}    NOT NULL,
    user_id          ${text}    NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    session_id       ${text}    NOT NULL,
    client_id        ${text}    NOT NULL,
    scope            ${text}    NOT NULL,
    epoch            ${bigint}  NOT NULL,
    generation       ${bigint}  NOT NULL,
    current_hash     ${text}    NOT NULL,
    created_at       ${bigint}  NOT NULL,
    authenticated_at ${bigint}  NOT NULL,
    last_used_at     ${bigint}  NOT NULL,
    expires_at       ${bigint}  NOT NULL,
    -- Only with a grace period: the token before the current one, who rotated it, and the sealed current one.
    previous_hash    ${text},
    rotated_at       ${bigint},
    rotated_by       ${text},
    successor        ${blob},
    ended_at         ${bigint},
    end_reason       ${text}
) ${strict};

CREATE INDEX refresh_family_by_user ON refresh_family (user_id);
CREATE INDEX refresh_family_by_session ON refresh_family (session_id);
CREATE INDEX refresh_family_expiry ON refresh_family (expires_at);
