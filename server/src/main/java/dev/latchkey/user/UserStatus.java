package dev.latchkey.user;

import java.util.Locale;

/** Whether a user may sign in. An erased user has no row at all. */
public enum UserStatus {
    ACTIVE,
    DISABLED;

    /** As stored and as files name it: {@code active} or {@code disabled}. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UserStatus of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
