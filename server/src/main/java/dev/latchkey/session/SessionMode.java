package dev.latchkey.session;

import java.util.Locale;
import java.util.Optional;

/** How the client of a session carries it; named so in the {@code mode} field of a login. */
public enum SessionMode {
    /** Access and refresh token. */
    TOKEN,
    /** An HttpOnly cookie. */
    COOKIE,
    /** The {@code X-Session-Id} header. */
    SESSION;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that name, or empty. */
    public static Optional<SessionMode> parse(String wireName) {
        for (SessionMode mode : values()) {
            if (mode.wireName().equals(wireName)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
