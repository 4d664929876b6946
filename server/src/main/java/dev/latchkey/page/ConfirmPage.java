package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;

/**
 * Asks a signed-in person to prove once more who they are; posts {@code with} and {@code password} or {@code code}.
 *
 * @param returnTo where to go on afterwards, checked
 * @param shown what is asked for: {@code password}, {@code totp}, {@code passkey}, {@code sms} or {@code backup-code}
 * @param others what else would do: other second factors, for the password alone serves only where there is none
 * @param sent whether a code was texted just now
 */
public record ConfirmPage(
        AccountMenu menu, String returnTo, String shown, List<String> others, boolean sent, List<FieldError> errors)
        implements ReturnsTo {
    public ConfirmPage {
        others = List.copyOf(others);
        errors = List.copyOf(errors);
    }
}
