package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The form that sets an authenticator app up; posts {@code secret}, {@code code} and {@code name}.
 *
 * @param qrCode an SVG element of the server's own making
 * @param secret in Base32, sent back so that the same picture is shown after a wrong code
 * @param key the secret in groups, for those who type it
 * @param name what was typed before
 * @param passkeys whether a passkey would do instead
 */
public record EnrolmentPage(
        String returnTo,
        Optional<String> csrf,
        String qrCode,
        String secret,
        String key,
        String name,
        boolean passkeys,
        List<FieldError> errors)
        implements ReturnsTo {
    public EnrolmentPage {
        errors = List.copyOf(errors);
    }

    /** For an authenticator app and nothing else. */
    public EnrolmentPage(
            String returnTo,
            Optional<String> csrf,
            String qrCode,
            String secret,
            String key,
            String name,
            List<FieldError> errors) {
        this(returnTo, csrf, qrCode, secret, key, name, false, errors);
    }

    @Override
    public String toString() {
        return "EnrolmentPage[redacted]";
    }
}
