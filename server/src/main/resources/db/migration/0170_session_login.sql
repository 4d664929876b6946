-- The hash of the handle under which the session's login waited for another proof; null where it did not wait. The user's row is
-- locked while a login ends, so whoever brings two factors for one login at once finds the session of the first.
ALTER TABLE session ADD COLUMN login ${text};
