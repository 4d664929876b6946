-- No foreign key to app_user: the trail outlives the users it speaks of.
CREATE TABLE audit_event (
    id ${text} PRIMARY KEY,
    tenant_id ${text} NOT NULL,
    organization_id ${text},
    name ${text} NOT NULL,
    at ${bigint} NOT NULL,
    outcome ${text} NOT NULL,
    user_id ${text},
    actor_kind ${text} NOT NULL,
    actor_id ${text},
    request_id ${text} NOT NULL,
    sealing ${text} NOT NULL,
    personal ${blob} NOT NULL,
    block ${bigint}
)${strict};

-- Rows of a block in the order of its digest, and (block IS NULL) those still waiting for one.
CREATE INDEX audit_event_block ON audit_event (block, id);
CREATE INDEX audit_event_user ON audit_event (tenant_id, user_id, id);
CREATE INDEX audit_event_name ON audit_event (tenant_id, name, id);

CREATE TABLE audit_block (
    number ${bigint} PRIMARY KEY,
    count ${bigint} NOT NULL,
    digest ${blob} NOT NULL,
    previous ${blob} NOT NULL,
    at ${bigint} NOT NULL,
    pruned_through ${bigint} NOT NULL,
    key ${text} NOT NULL,
    signature ${blob} NOT NULL,
    fingerprints ${blob} NOT NULL
)${strict};
