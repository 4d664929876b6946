package dev.latchkey.account;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Validation;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import dev.latchkey.user.ProfileFields;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a sign-up.
 *
 * @param mode of the session that it opens: {@code token} (default), {@code cookie} or {@code session}
 * @param humanCheck the answer to the challenge of CAPTCHA_REQUIRED
 */
public record RegisterRequest(
        String email,
        String password,
        Optional<String> name,
        Optional<String> locale,
        Optional<ConsentsInput> consents,
        Optional<String> mode,
        Optional<Boolean> rememberMe,
        Optional<String> humanCheck) {
    private static final int MAX_NAME = 200;
    private static final int MAX_PASSWORD = 1024;

    public RegisterRequest(
            @Nullable String email,
            @Nullable String password,
            Optional<String> name,
            Optional<String> locale,
            Optional<ConsentsInput> consents,
            Optional<String> mode,
            Optional<Boolean> rememberMe,
            Optional<String> humanCheck) {
        Validation check = new Validation();
        this.email = check.email("email", email).asTyped();
        this.password = check.secret("password", password, MAX_PASSWORD);
        this.name = check.optionalText("name", name.orElse(null), MAX_NAME);
        this.locale = ProfileFields.locale(check, locale);
        this.consents = consents;
        this.mode = mode;
        this.rememberMe = rememberMe;
        this.humanCheck = humanCheck;
        SessionWish.read(check, mode, rememberMe);
        check.done();
    }

    /** As a form of our own pages sends it, for a browser's session. */
    public static RegisterRequest ofForm(
            String email,
            String password,
            Optional<String> name,
            String language,
            Set<String> consents,
            Optional<String> humanCheck) {
        return new RegisterRequest(
                email,
                password,
                name,
                Optional.of(language),
                Optional.of(ConsentsInput.granting(consents)),
                Optional.of(SessionMode.COOKIE.wireName()),
                Optional.empty(),
                humanCheck);
    }

    EmailAddress address() {
        return EmailAddress.parse(email).orElseThrow();
    }

    SessionWish wish() {
        return SessionWish.read(new Validation(), mode, rememberMe);
    }

    @Override
    public String toString() {
        return "RegisterRequest[redacted]";
    }
}
