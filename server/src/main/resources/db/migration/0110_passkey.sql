-- Credentials that users' authenticators hold. The private key never leaves them; what is here verifies its signatures.
CREATE TABLE passkey (
    id                 ${text}    NOT NULL PRIMARY KEY,
    tenant_id          ${text}    NOT NULL,
    user_id            ${text}    NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    -- The authenticator's name for the user, repeated so that the look-up of a credential proves whose it is.
    user_handle        ${text}    NOT NULL,
    credential_id      ${text}    NOT NULL,
    rp_id              ${text}    NOT NULL,
    public_key         ${blob}    NOT NULL,
    algorithm          ${bigint}  NOT NULL,
    sign_count         ${bigint}  NOT NULL,
    uv_initialized     ${boolean} NOT NULL,
    backup_eligible    ${boolean} NOT NULL,
    backed_up          ${boolean} NOT NULL,
    -- Null where the browser did not say.
    discoverable       ${boolean},
    attachment         ${text},
    transports         ${text}    NOT NULL,
    aaguid             ${text}    NOT NULL,
    attestation        ${text}    NOT NULL,
    attestation_format ${text}    NOT NULL,
    name               ${text}    NOT NULL,
    created_at         ${bigint}  NOT NULL,
    last_used_at       ${bigint},
    -- Set once two copies of the key seem to exist; the passkey is refused from then on.
    clone_suspected_at ${bigint}
) ${strict};

CREATE UNIQUE INDEX passkey_credential ON passkey (tenant_id, credential_id);
CREATE INDEX passkey_by_user ON passkey (user_id, created_at, id);
