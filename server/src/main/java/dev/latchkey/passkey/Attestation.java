package dev.latchkey.passkey;

import java.util.Locale;

/** What vouches for the model that an authenticator says to be. */
public enum Attestation {
    /** Nothing. */
    NONE,
    /** Its own new key: no more than a claim. */
    SELF,
    /** A certificate that nobody checked up to a root. */
    UNCHECKED,
    /** A certificate that leads to a root we trust for this model. */
    TRUSTED;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Attestation of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
