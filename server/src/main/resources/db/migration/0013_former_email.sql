-- Proved addresses that a user left: nobody else gets one while "this wasn't me" may bring it back.
CREATE TABLE user_former_email (
    user_id    ${text}   NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    folded     ${text}   NOT NULL,
    tenant_id  ${text}   NOT NULL,
    kept_until ${bigint} NOT NULL,
    PRIMARY KEY (user_id, folded)
) ${strict};

CREATE INDEX user_former_email_natural ON user_former_email (tenant_id, folded);
CREATE INDEX user_former_email_expiry ON user_former_email (kept_until);
