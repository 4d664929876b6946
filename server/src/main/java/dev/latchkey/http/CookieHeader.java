package dev.latchkey.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code Cookie} headers (RFC 6265 section 5.4), keeping duplicates so that they can be refused. */
final class CookieHeader {
    private CookieHeader() {}

    static Map<String, List<String>> parse(List<String> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> cookies = new HashMap<>();
        for (String header : headers) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.computeIfAbsent(pair.substring(0, equals).strip(), key -> new ArrayList<>(1))
                            .add(unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        return cookies;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
