package dev.latchkey.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes an {@code ExportTraceServiceRequest} in the JSON encoding of the OpenTelemetry Protocol. */
final class OtlpText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(8192);
    private boolean comma = false;

    static byte[] of(List<Span.Attribute> resource, String version, List<Span> spans) {
        OtlpText text = new OtlpText();
        text.object(() -> {
            text.name("resourceSpans");
            text.array(() -> text.object(() -> {
                text.name("resource");
                text.object(() -> text.attributes(resource));
                text.name("scopeSpans");
                text.array(() -> text.object(() -> {
                    text.name("scope");
                    text.object(() -> {
                        text.field("name", "dev.latchkey");
                        text.field("version", version);
                    });
                    text.name("spans");
                    text.array(() -> spans.forEach(span -> span.writeTo(text)));
                }));
            }));
        });
        return text.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    void attributes(List<Span.Attribute> attributes) {
        name("attributes");
        array(() -> attributes.forEach(attribute -> object(() -> {
            field("key", attribute.key());
            name("value");
            object(() -> field(
                    attribute.value() instanceof Long ? "intValue" : "stringValue",
                    attribute.value().toString()));
        })));
    }

    void object(Runnable content) {
        enclosed('{', '}', content);
    }

    void array(Runnable content) {
        enclosed('[', ']', content);
    }

    void name(String name) {
        separate();
        quote(name);
        out.append(':');
        comma = false;
    }

    void field(String name, String value) {
        name(name);
        quote(value);
        comma = true;
    }

    void number(String name, int value) {
        name(name);
        out.append(value);
        comma = true;
    }

    private void enclosed(char open, char close, Runnable content) {
        separate();
        out.append(open);
        comma = false;
        content.run();
        out.append(close);
        comma = true;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = false;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
