package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} text (WHATWG URL, section 5.1). */
final class FormFields {
    private static final int MAX_FIELDS = 200;

    private FormFields() {}

    static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> fields = new HashMap<>();
        int count = 0;
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > MAX_FIELDS) {
                throw Problem.of(ErrorCode.INVALID_REQUEST).message("Send at most " + MAX_FIELDS + " form fields.");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ErrorCode.INVALID_REQUEST).message("A form field or parameter is not encoded correctly.");
        }
        // PostgreSQL takes it in no text, so it would fail as far from here as a query.
        if (decoded.indexOf('\0') >= 0) {
            throw Problem.of(ErrorCode.INVALID_REQUEST)
                    .message("The NUL character is not allowed in form fields and parameters.");
        }
        return decoded;
    }
}
