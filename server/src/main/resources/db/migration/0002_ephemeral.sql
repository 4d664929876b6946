-- Short-lived state of which losing an entry means "refuse": it may vanish with a crash.
CREATE ${unlogged} TABLE ephemeral (
    kind ${text} NOT NULL,
    entry ${text} NOT NULL,
    value ${text} NOT NULL,
    tally ${bigint} NOT NULL,
    expires_at ${bigint} NOT NULL,
    PRIMARY KEY (kind, entry)
) ${strict};

CREATE INDEX ephemeral_expires_at ON ephemeral (expires_at);
