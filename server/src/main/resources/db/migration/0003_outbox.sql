-- What must still be sent. A delivered message is deleted; a dead one (dead_at set) is deleted at due_at.
CREATE TABLE outbox (
    id ${text} NOT NULL PRIMARY KEY,
    tenant_id ${text} NOT NULL,
    kind ${text} NOT NULL,
    payload ${blob} NOT NULL,
    created_at ${bigint} NOT NULL,
    expires_at ${bigint} NOT NULL,
    -- The next try; while a node holds the lease, its end.
    due_at ${bigint} NOT NULL,
    tries ${integer} NOT NULL,
    lease ${text},
    dead_at ${bigint},
    failure ${text}
) ${strict};

CREATE INDEX outbox_due ON outbox (due_at) WHERE dead_at IS NULL;
