package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;

/**
 * The form for a second factor; posts {@code code} and {@code with}.
 *
 * @param shown the factor that is asked for: {@code totp}, {@code passkey}, {@code sms} or {@code backup-code}
 * @param others the other factors that would do
 * @param sent whether a code was texted just now
 * @param offersTrust whether this browser may pass for the factor for a while
 */
public record MfaPage(
        String returnTo, String shown, List<String> others, boolean sent, boolean offersTrust, List<FieldError> errors)
        implements ReturnsTo {
    public MfaPage {
        others = List.copyOf(others);
        errors = List.copyOf(errors);
    }
}
