package dev.latchkey.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to set. Always HttpOnly, Path=/ and SameSite=Lax; over https the edge adds Secure and the {@code __Host-} prefix.
 *
 * @param name without prefix, such as {@code latchkey_session}
 * @param maxAge empty for a cookie that ends with the browser; zero removes it
 */
public record Cookie(String name, String value, Optional<Duration> maxAge) {
    /** Holds the session secret of a browser. */
    public static final String SESSION = "latchkey_session";

    /** Holds the handle of a login under way. */
    public static final String LOGIN = "latchkey_login";

    /** Holds where a login by a mailed link is to lead on to. */
    public static final String RETURN = "latchkey_return";

    /** Holds whether a login by a mailed link is to outlast the browser. */
    public static final String REMEMBER = "latchkey_remember";

    /** Holds the secret of a browser that completed a login before. */
    public static final String DEVICE = "latchkey_device";

    /** Holds the language that a browser chose for the pages. */
    public static final String LANGUAGE = "latchkey_language";

    public static Cookie remove(String name) {
        return new Cookie(name, "", Optional.of(Duration.ZERO));
    }

    @Override
    public String toString() {
        return "Cookie[" + name + "]";
    }
}
