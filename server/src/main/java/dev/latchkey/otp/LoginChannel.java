package dev.latchkey.otp;

import java.util.Locale;

/** How a login code reaches its owner. */
public enum LoginChannel {
    MAIL,
    SMS;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LoginChannel of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
