-- Browsers that completed a login, each with a random secret of its own.
CREATE TABLE known_device (
    user_id     ${text}   NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    device_hash ${text}   NOT NULL,
    user_agent  ${text}   NOT NULL,
    created_at  ${bigint} NOT NULL,
    last_seen   ${bigint} NOT NULL,
    PRIMARY KEY (user_id, device_hash)
) ${strict};

CREATE INDEX known_device_last_seen ON known_device (last_seen);
CREATE INDEX known_device_by_hash ON known_device (device_hash);
