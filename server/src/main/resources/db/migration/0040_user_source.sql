-- What another system called an imported user, so that importing the same file again finds the same accounts.
CREATE TABLE user_source (
    user_id     ${text}   NOT NULL PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    tenant_id   ${text}   NOT NULL,
    source_id   ${text}   NOT NULL,
    imported_at ${bigint} NOT NULL
) ${strict};

CREATE UNIQUE INDEX user_source_natural ON user_source (tenant_id, source_id);
