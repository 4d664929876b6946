package dev.latchkey.password;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /auth/password-strength}: how strong a password is while somebody chooses it. */
public final class PasswordRoutes {
    private static final int MOST_CHARACTERS = 1_024;
    private static final int LONGEST_NAME = 200;

    private final PasswordService passwords;

    public PasswordRoutes(PasswordService passwords) {
        this.passwords = passwords;
    }

    /** @param api the mount of {@code /api/v1} */
    public void mount(Mount api) {
        api.post("/auth/password-strength", Access.anyone(), this::strength)
                .summary("Says how strong a password is, how to improve it, and whether it would be accepted.")
                .accepts(StrengthRequest.class)
                .answers(200, PasswordStrength.class);
    }

    /** What is asked; the e-mail address and name only serve to find them in the password. */
    record StrengthRequest(
            String password,
            @Nullable String email,
            @Nullable String name) {
        StrengthRequest {
            Validation check = new Validation();
            password = check.secret("password", password, MOST_CHARACTERS);
            name = check.optionalText("name", name, LONGEST_NAME).orElse(null);
            check.done();
        }

        /** An address that is still being typed is no error: it is left out. */
        PasswordOwner owner() {
            return new PasswordOwner(
                    Optional.ofNullable(email).flatMap(EmailAddress::parse), Optional.ofNullable(name));
        }

        @Override
        public String toString() {
            return "StrengthRequest[redacted]";
        }
    }

    private Reply strength(Request request) {
        StrengthRequest asked = request.body(StrengthRequest.class);
        return Reply.ok(passwords
                .measure(asked.password(), asked.owner(), request.context().address())
                .strength());
    }
}
