package dev.latchkey.outbox;

import java.time.Instant;

/**
 * The right of one dispatcher to send what it claimed.
 *
 * @param end from then on others may claim the same
 */
record Lease(String holder, Instant end) {}
