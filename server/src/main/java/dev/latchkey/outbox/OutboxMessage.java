package dev.latchkey.outbox;

import dev.latchkey.core.TenantId;
import java.time.Instant;
import java.util.Optional;

/** Something to send once the transaction that causes it is durable. */
public interface OutboxMessage {
    TenantId tenant();

    /** Which {@link Delivery} sends it: a stable word such as {@code mail}. */
    String kind();

    /** All that the delivery needs, in a form it can still read after an upgrade. Sealed before it is stored. */
    byte[] payload();

    /** From when on it is better not sent at all; empty for the longest that the outbox keeps anything, seven days. */
    Optional<Instant> uselessFrom();
}
