-- At most one key is next and one active for each use and algorithm. sealed_private is erased when a key retires: from then on
-- it only verifies, until the last token it may have signed has expired.
CREATE TABLE signing_key (
    kid              ${text}   NOT NULL,
    tenant_id        ${text}   NOT NULL,
    key_use          ${text}   NOT NULL,
    algorithm        ${text}   NOT NULL,
    state            ${text}   NOT NULL,
    public_jwk       ${text}   NOT NULL,
    sealed_private   ${blob},
    longest_token_ms ${bigint} NOT NULL,
    created_at       ${bigint} NOT NULL,
    activates_at     ${bigint} NOT NULL,
    retired_at       ${bigint},
    verify_until     ${bigint},
    PRIMARY KEY (tenant_id, kid)
) ${strict};

CREATE UNIQUE INDEX signing_key_slot ON signing_key (tenant_id, key_use, algorithm, state)
    WHERE state IN ('next', 'active');

-- key_id is derived one-way from the master key: a server with another master key is refused at start.
CREATE TABLE master_key_check (
    id         ${text}   NOT NULL PRIMARY KEY,
    key_id     ${text}   NOT NULL,
    created_at ${bigint} NOT NULL
) ${strict};
