package dev.latchkey.core;

import java.util.Optional;

/** One signed-in browser or application; the {@code sid} of its tokens. Not a credential. Format: UUIDv7, lower case (RFC 9562 section 5.7). */
public record SessionId(String value) {
    public SessionId {
        Uuids.require(value);
    }

    /** The id in untrusted text, or empty where the text is not a UUID. */
    public static Optional<SessionId> parse(String text) {
        return Uuids.isUuid(text) ? Optional.of(new SessionId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
