package dev.latchkey.passkey;

import java.util.Locale;

/** How much a browser is asked to want something of the authenticator. */
public enum Preference {
    DISCOURAGED,
    PREFERRED,
    REQUIRED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
