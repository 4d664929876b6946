-- When the user last said that they want no second factor for now; null: never.
ALTER TABLE app_user ADD COLUMN factor_offer_declined_at ${bigint};
