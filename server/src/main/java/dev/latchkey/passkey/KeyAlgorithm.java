package dev.latchkey.passkey;

import java.util.Locale;
import java.util.Optional;

/** Signature algorithms that authenticators use, with their COSE numbers (RFC 9053, RFC 9864). */
public enum KeyAlgorithm {
    ES256(-7),
    EDDSA(-8),
    RS256(-257),
    ES384(-35),
    ES512(-36),
    ED448(-53);

    private final int cose;

    KeyAlgorithm(int cose) {
        this.cose = cose;
    }

    public int cose() {
        return cose;
    }

    static Optional<KeyAlgorithm> parse(String text) {
        for (KeyAlgorithm algorithm : values()) {
            if (algorithm.name().equals(text.toUpperCase(Locale.ROOT))) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
