package dev.latchkey.hosted;

import dev.latchkey.account.ProfileFlow;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.page.Pages;
import dev.latchkey.password.PasswordMeasure;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.password.PasswordService;
import dev.latchkey.user.User;
import java.util.List;

/** Tells the script of a form, while a new password is typed there, what the form would be answered. */
public final class PasswordMeter {
    private static final int MOST_PASSWORD = 1024;
    private static final int REFUSED_AT_MOST = 1;

    private final Pages pages;
    private final PasswordService passwords;
    private final ProfileFlow profile;

    public PasswordMeter(Pages pages, PasswordService passwords, ProfileFlow profile) {
        this.pages = pages;
        this.passwords = passwords;
        this.profile = profile;
    }

    /**
     * @param score 0 to 4; at most 1 where the password would be refused
     * @param advice why it would be, in the reader's language; empty where it would not
     */
    record Reading(int score, String advice) {}

    public void mount(Mount site) {
        site.post("/password/strength", Access.anyone(), this::read)
                .summary("Says how strong a form's password is, and in the reader's language what it lacks.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.METER_ADDRESS);
    }

    private Reply read(Request request) {
        String password = AccountFrame.typed(request, "password");
        if (password.isEmpty() || password.length() > MOST_PASSWORD) {
            throw Problem.invalid("password", "required", "Send between 1 and 1024 characters.");
        }
        PasswordMeasure measure =
                passwords.measure(password, owner(request), request.context().address());
        int score = measure.strength().score();
        List<FieldError> errors = measure.errors();
        return Reply.ok(new Reading(
                errors.isEmpty() ? score : Math.min(score, REFUSED_AT_MOST),
                pages.complaints(request.context().locale(), errors)));
    }

    /** An address that is still being typed is left out. */
    private PasswordOwner owner(Request request) {
        return switch (request.principal()) {
            case Principal.SignedIn user -> {
                User me = profile.me(user);
                yield PasswordOwner.of(me.email(), me.profile().name());
            }
            case Principal.Anonymous ignored ->
                new PasswordOwner(
                        LoginPages.email(request), request.form("name").filter(name -> !name.isBlank()));
        };
    }
}
