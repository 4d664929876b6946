package dev.latchkey.core;

import java.util.Optional;

/** A user, for as long as the account exists; never reused. Format: UUIDv7, lower case (RFC 9562 section 5.7). */
public record UserId(String value) {
    public UserId {
        Uuids.require(value);
    }

    /** The id in untrusted text, or empty where the text is not a UUID. */
    public static Optional<UserId> parse(String text) {
        return Uuids.isUuid(text) ? Optional.of(new UserId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
