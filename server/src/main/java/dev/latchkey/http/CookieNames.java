package dev.latchkey.http;

import java.util.Optional;

/**
 * What cookies are called on the wire and how they are written. Over https the {@code __Host-} prefix keeps sibling hosts and
 * plain http from planting one (RFC 6265bis section 4.1.3.2).
 *
 * @param secure whether the public URL is https
 */
record CookieNames(boolean secure) {
    String wireName(String name) {
        return secure ? "__Host-" + name : name;
    }

    /** The {@code Set-Cookie} value. */
    String write(Cookie cookie) {
        StringBuilder text = new StringBuilder(96);
        text.append(wireName(cookie.name())).append('=').append(checked(cookie.value()));
        text.append("; Path=/; HttpOnly; SameSite=Lax");
        Optional<Long> seconds = cookie.maxAge().map(age -> Math.max(0, age.toSeconds()));
        seconds.ifPresent(age -> text.append("; Max-Age=").append(age));
        return text.append(secure ? "; Secure" : "").toString();
    }

    private static String checked(String value) {
        boolean plain =
                value.chars().allMatch(c -> c > ' ' && c < 127 && c != ';' && c != ',' && c != '"' && c != '\\');
        if (!plain) {
            throw new IllegalArgumentException("a cookie value must be encoded before it is set");
        }
        return value;
    }
}
