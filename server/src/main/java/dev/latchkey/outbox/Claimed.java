package dev.latchkey.outbox;

import java.time.Instant;

/**
 * A message this node holds the lease of.
 *
 * @param tries this one included
 */
record Claimed(String id, String tenant, String kind, byte[] sealed, Instant expiresAt, int tries) {}
