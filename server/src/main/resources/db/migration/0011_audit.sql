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

-- Rows still waiting for a block, and the rows of a block in the order of its digest. Two indexes, because PostgreSQL does not
-- take the rows of one with IS NULL to be in the order of the rest of its columns.
CREATE INDEX audit_event_unsealed ON audit_event (id) WHERE block IS NULL;
CREATE INDEX audit_event_block ON audit_event (block, id) WHERE block IS NOT NULL;
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
