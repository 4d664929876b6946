package dev.latchkey.core;

import java.util.Optional;

/** One passkey of a user, as its lists name it; not the authenticator's credential id. Format: UUIDv7, lower case (RFC 9562 section 5.7). */
public record PasskeyId(String value) {
    public PasskeyId {
        Uuids.require(value);
    }

    /** The id in untrusted text, or empty where the text is not a UUID. */
    public static Optional<PasskeyId> parse(String text) {
        return Uuids.isUuid(text) ? Optional.of(new PasskeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
