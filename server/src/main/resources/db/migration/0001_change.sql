-- What every node must hear of, in commit order. The one row of change_head is locked by whoever appends, until COMMIT.
CREATE TABLE change_head (
    id ${integer} NOT NULL PRIMARY KEY,
    seq ${bigint} NOT NULL
) ${strict};

INSERT INTO change_head (id, seq) VALUES (1, 0);

CREATE TABLE change (
    seq ${bigint} NOT NULL PRIMARY KEY,
    tenant_id ${text} NOT NULL,
    kind ${text} NOT NULL,
    subject ${text} NOT NULL,
    value ${text} NOT NULL,
    expires_at ${bigint} NOT NULL
) ${strict};

CREATE INDEX change_expires_at ON change (expires_at);
