-- Mailed single-use links. user_id is null for requests that named nobody: they cost the same write.
CREATE TABLE link (
    token_hash ${text}   NOT NULL PRIMARY KEY,
    tenant_id  ${text}   NOT NULL,
    kind       ${text}   NOT NULL,
    user_id    ${text}   REFERENCES app_user (id) ON DELETE CASCADE,
    epoch      ${bigint} NOT NULL,
    subject    ${text}   NOT NULL,
    created_at ${bigint} NOT NULL,
    expires_at ${bigint} NOT NULL
) ${strict};

CREATE INDEX link_by_user ON link (user_id, kind);
CREATE INDEX link_expiry ON link (expires_at);
