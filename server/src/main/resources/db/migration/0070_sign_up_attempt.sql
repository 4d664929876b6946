-- With which password somebody signed up at an address, as a slow hash under a salt of the address: the address itself, free or
-- taken, is not to be told from what a login with that password answers. The subject is a keyed hash of the address.
CREATE TABLE sign_up_attempt (
    tenant_id ${text} NOT NULL,
    subject ${text} NOT NULL,
    mark ${text} NOT NULL,
    expires_at ${bigint} NOT NULL,
    PRIMARY KEY (tenant_id, subject, mark)
) ${strict};

CREATE INDEX sign_up_attempt_expiry ON sign_up_attempt (expires_at);
