-- How the user proved who they are, as in amr (RFC 8176), separated by spaces.
ALTER TABLE session ADD COLUMN methods ${text} NOT NULL DEFAULT 'pwd';
ALTER TABLE refresh_family ADD COLUMN methods ${text} NOT NULL DEFAULT 'pwd';
-- Whether the user wants a second factor asked at login.
ALTER TABLE app_user ADD COLUMN mfa_enabled ${boolean} NOT NULL DEFAULT FALSE;
-- Until when this browser passes for the second factor; null: it does not.
ALTER TABLE known_device ADD COLUMN trusted_until ${bigint};
