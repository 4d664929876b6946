-- How many mails about an account went to an address that nobody proved. The subject is a keyed hash of the address; the row means
-- nothing once its window is over.
CREATE TABLE unproved_mail (
    tenant_id ${text} NOT NULL,
    subject ${text} NOT NULL,
    mails ${bigint} NOT NULL,
    window_until ${bigint} NOT NULL,
    PRIMARY KEY (tenant_id, subject)
) ${strict};

CREATE INDEX unproved_mail_window_until ON unproved_mail (window_until);
