-- Whoever reads a user asks whether an address waits for its proof, which few ever have: an index of those few alone answers at
-- its first page, however many users there are.
CREATE INDEX user_identifier_pending ON user_identifier (user_id) WHERE kind = 'email-pending';
