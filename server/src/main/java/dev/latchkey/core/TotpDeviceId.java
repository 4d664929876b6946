package dev.latchkey.core;

import java.util.Optional;

/** One authenticator app of one user. Not a secret. Format: UUIDv7, lower case (RFC 9562 section 5.7). */
public record TotpDeviceId(String value) {
    public TotpDeviceId {
        Uuids.require(value);
    }

    /** The id in untrusted text, or empty where the text is not a UUID. */
    public static Optional<TotpDeviceId> parse(String text) {
        return Uuids.isUuid(text) ? Optional.of(new TotpDeviceId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
