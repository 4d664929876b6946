-- Finds messages that were given up and kept for long enough, without reading those that wait.
CREATE INDEX outbox_dead ON outbox (due_at) WHERE dead_at IS NOT NULL;
