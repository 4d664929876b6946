package dev.latchkey.sms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills values into what is posted. They are escaped, and what they hold is not filled in turn. */
final class GatewayBody {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(to|text|from|id)}");
    private static final int FIRST_PRINTABLE = 0x20;

    private GatewayBody() {}

    static String fill(GatewayConfig gateway, RenderedSms message) {
        Map<String, String> values =
                Map.of("to", message.to().value(), "text", message.text(), "from", gateway.from(), "id", message.id());
        return PLACEHOLDER
                .matcher(gateway.body())
                .replaceAll(match -> Matcher.quoteReplacement(
                        escaped(gateway.format(), Objects.requireNonNull(values.get(match.group(1))))));
    }

    private static String escaped(GatewayConfig.BodyFormat format, String value) {
        return switch (format) {
            case FORM -> URLEncoder.encode(value, StandardCharsets.UTF_8);
            case JSON -> json(value);
        };
    }

    /** The inside of a JSON string (RFC 8259 section 7). */
    private static String json(String value) {
        StringBuilder text = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
