package dev.latchkey.core;

import java.util.Optional;

/** One security event in the audit trail. Format: UUIDv7, lower case (RFC 9562 section 5.7). */
public record EventId(String value) {
    public EventId {
        Uuids.require(value);
    }

    /** The id in untrusted text, or empty where the text is not a UUID. */
    public static Optional<EventId> parse(String text) {
        return Uuids.isUuid(text) ? Optional.of(new EventId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
