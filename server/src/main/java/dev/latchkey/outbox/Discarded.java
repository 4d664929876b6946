package dev.latchkey.outbox;

import dev.latchkey.core.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Costs what a message costs and goes nowhere. Written where nobody is to be told, such as a reset asked for an unknown account,
 * so that the answer takes the same time either way.
 */
public record Discarded(TenantId tenant) implements OutboxMessage {
    static final String KIND = "discarded";

    // About the size of a mail with a link.
    private static final int SIZE = 320;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public byte[] payload() {
        return new byte[SIZE];
    }

    @Override
    public Optional<Instant> uselessFrom() {
        return Optional.empty();
    }
}
