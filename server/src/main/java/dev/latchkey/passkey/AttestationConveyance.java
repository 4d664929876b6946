package dev.latchkey.passkey;

import java.util.Locale;

/** Whether a browser is asked for the authenticator's statement about itself. */
public enum AttestationConveyance {
    NONE,
    DIRECT;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
