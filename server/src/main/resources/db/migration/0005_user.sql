CREATE TABLE app_user (
    id              ${text}   NOT NULL PRIMARY KEY,
    tenant_id       ${text}   NOT NULL,
    status          ${text}   NOT NULL,
    -- Raised by every credential and status event; what was made under an older epoch is void.
    epoch           ${bigint} NOT NULL,
    name            ${text},
    picture         ${text},
    locale          ${text},
    phone           ${text},
    user_metadata   ${text}   NOT NULL,
    app_metadata    ${text}   NOT NULL,
    -- Personal data elsewhere is sealed under a key derived from this salt; erasing it shreds that data.
    data_salt       ${blob}   NOT NULL,
    webauthn_handle ${blob}   NOT NULL,
    created_at      ${bigint} NOT NULL,
    updated_at      ${bigint} NOT NULL
) ${strict};

CREATE INDEX app_user_created ON app_user (tenant_id, created_at, id);

-- kind 'email' is the address in force, 'email-pending' one that waits for its proof.
CREATE TABLE user_identifier (
    user_id     ${text}   NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    kind        ${text}   NOT NULL,
    tenant_id   ${text}   NOT NULL,
    folded      ${text}   NOT NULL,
    as_typed    ${text}   NOT NULL,
    verified_at ${bigint},
    created_at  ${bigint} NOT NULL,
    PRIMARY KEY (user_id, kind)
) ${strict};

-- Only an address in force is unique: a pending one must not keep its owner from signing up.
CREATE UNIQUE INDEX user_identifier_natural ON user_identifier (tenant_id, folded) WHERE kind = 'email';

CREATE TABLE user_role (
    user_id         ${text} NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    role            ${text} NOT NULL,
    tenant_id       ${text} NOT NULL,
    organization_id ${text},
    PRIMARY KEY (user_id, role)
) ${strict};

CREATE INDEX user_role_by_role ON user_role (tenant_id, role);

CREATE TABLE user_consent (
    id          ${text}    NOT NULL PRIMARY KEY,
    user_id     ${text}    NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    kind        ${text}    NOT NULL,
    granted     ${boolean} NOT NULL,
    version     ${text}    NOT NULL,
    ip          ${text}    NOT NULL,
    recorded_at ${bigint}  NOT NULL
) ${strict};

CREATE INDEX user_consent_by_user ON user_consent (user_id, recorded_at);
