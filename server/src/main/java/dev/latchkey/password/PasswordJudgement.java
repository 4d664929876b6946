package dev.latchkey.password;

import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import java.util.List;

/**
 * Whether a new password is good enough.
 *
 * @param errors why not, each with what to do; empty where it is
 * @param breach {@link BreachAnswer#UNAVAILABLE} is to be audited
 */
public record PasswordJudgement(List<FieldError> errors, BreachAnswer breach) {
    public PasswordJudgement {
        errors = List.copyOf(errors);
    }

    public boolean acceptable() {
        return errors.isEmpty();
    }

    /** @throws Problem {@code VALIDATION_ERROR} with the reasons, unless the password is acceptable */
    public void require() {
        if (!acceptable()) {
            throw Problem.invalid(errors);
        }
    }
}
