-- Failures in a row. The subject is a keyed hash of what was typed, so nobody's name stands here, known or unknown.
CREATE TABLE failure_counter (
    tenant_id ${text} NOT NULL,
    kind ${text} NOT NULL,
    subject ${text} NOT NULL,
    -- The hash of a known device's secret; empty for all other devices together.
    device ${text} NOT NULL,
    failures ${bigint} NOT NULL,
    -- The counter means nothing from here on. Never before locked_until.
    window_until ${bigint} NOT NULL,
    locked_until ${bigint} NOT NULL,
    PRIMARY KEY (tenant_id, kind, subject, device)
) ${strict};

CREATE INDEX failure_counter_window_until ON failure_counter (window_until);
