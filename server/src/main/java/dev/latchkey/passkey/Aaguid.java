package dev.latchkey.passkey;

import java.util.Optional;
import java.util.regex.Pattern;

/** The model of an authenticator (WebAuthn section 6.5.2), a UUID in lower case; all zeros where it does not say. */
public record Aaguid(String value) {
    public static final Aaguid UNKNOWN = new Aaguid("00000000-0000-0000-0000-000000000000");

    // Read where an operator or an authenticator names a model; compiled with the first of them.
    private static final class Form {
        static final Pattern PATTERN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    public Aaguid {
        if (!Form.PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("not a lower-case UUID");
        }
    }

    public static Optional<Aaguid> parse(String text) {
        return Form.PATTERN.matcher(text).matches() ? Optional.of(new Aaguid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
