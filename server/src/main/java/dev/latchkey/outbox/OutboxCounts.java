package dev.latchkey.outbox;

/**
 * How the outbox stands.
 *
 * @param queued still to be sent
 * @param dead given up, kept for the operator to see
 */
public record OutboxCounts(long queued, long dead) {}
