package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Validation;
import dev.latchkey.session.SessionWish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a login.
 *
 * @param twoFactorToken an authenticator's code or a backup code, for clients that know that it will be asked for
 * @param mode {@code token} (default), {@code cookie} or {@code session}
 * @param humanCheck the answer to the challenge of CAPTCHA_REQUIRED
 */
record LoginRequest(
        String email,
        String password,
        Optional<String> mode,
        Optional<Boolean> rememberMe,
        Optional<String> twoFactorToken,
        Optional<String> humanCheck) {
    private static final int MAX_PASSWORD = 1024;
    private static final int MAX_CODE = 64;

    LoginRequest(
            @Nullable String email,
            @Nullable String password,
            Optional<String> mode,
            Optional<Boolean> rememberMe,
            @JsonAlias({"mfaCode", "totpCode"}) Optional<String> twoFactorToken,
            Optional<String> humanCheck) {
        Validation check = new Validation();
        this.email = check.email("email", email).asTyped();
        this.password = check.secret("password", password, MAX_PASSWORD);
        this.mode = mode;
        this.rememberMe = rememberMe;
        this.humanCheck = humanCheck;
        this.twoFactorToken = twoFactorToken.filter(code -> !code.isBlank());
        check.require(
                this.twoFactorToken.map(String::length).orElse(0) <= MAX_CODE,
                "twoFactorToken",
                "too_long",
                "Send the code alone.");
        SessionWish.read(check, mode, rememberMe);
        check.done();
    }

    EmailAddress address() {
        return EmailAddress.parse(email).orElseThrow();
    }

    Optional<Proof.Second> second() {
        return twoFactorToken.map(Proof::typed);
    }

    SessionWish wish() {
        return SessionWish.read(new Validation(), mode, rememberMe);
    }

    @Override
    public String toString() {
        return "LoginRequest[redacted]";
    }
}
