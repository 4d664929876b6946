package dev.latchkey.core;

import java.util.Optional;

/** One chain of refresh tokens, from login to its end. Format: UUIDv7, lower case (RFC 9562 section 5.7). */
public record FamilyId(String value) {
    public FamilyId {
        Uuids.require(value);
    }

    /** The id in untrusted text, or empty where the text is not a UUID. */
    public static Optional<FamilyId> parse(String text) {
        return Uuids.isUuid(text) ? Optional.of(new FamilyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
