-- Whether this sign-up made the account of the address; the others came when it had one. Null where a server before this one
-- wrote it.
ALTER TABLE sign_up_attempt ADD COLUMN made_account ${boolean};
