package dev.latchkey.otp;

import java.time.Duration;
import java.util.Locale;

/** What a mailed link is good for, and for how long. A link of one kind is refused as any other. */
public enum LinkKind {
    /** Proves an address, at sign-up or when it replaces another. */
    VERIFY_EMAIL(Duration.ofDays(1)),
    RESET_PASSWORD(Duration.ofMinutes(30)),
    /** Sets the first password of an account that an administrator made. */
    INVITE(Duration.ofDays(3)),
    /** "This wasn't me": ends every session and voids the password. */
    DISAVOW(Duration.ofDays(7)),
    UNLOCK(Duration.ofDays(1)),
    /** Cancels the recovery of lost second factors, or completes it once its wait is over. Outlives the longest wait. */
    RECOVERY(Duration.ofDays(38)),
    /** Creates the first administrator; names no user. */
    FIRST_ADMIN(Duration.ofDays(1));

    private final Duration lifetime;

    LinkKind(Duration lifetime) {
        this.lifetime = lifetime;
    }

    public Duration lifetime() {
        return lifetime;
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
