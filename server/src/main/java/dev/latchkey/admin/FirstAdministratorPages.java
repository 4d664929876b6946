package dev.latchkey.admin;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.FirstAdminPage;
import dev.latchkey.page.Notice;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that the link on the terminal opens. */
public final class FirstAdministratorPages {
    private final Pages pages;
    private final FirstAdministrator firstAdministrator;

    public FirstAdministratorPages(Pages pages, FirstAdministrator firstAdministrator) {
        this.pages = pages;
        this.firstAdministrator = firstAdministrator;
    }

    public void mount(Mount site) {
        site.get(PagePath.FIRST_ADMIN.path(), Access.anyone(), this::show)
                .summary("The form that makes the first administrator.");
        site.post(PagePath.FIRST_ADMIN.path(), Access.anyone(), this::create).summary("Makes the first administrator.");
    }

    private Reply show(Request request) {
        return page(request, 200, request.query("token").orElse(""), List.of());
    }

    private Reply create(Request request) {
        String token = request.form("token").orElse("");
        Optional<EmailAddress> email = EmailAddress.parse(request.form("email").orElse(""));
        Optional<String> name = request.form("name").map(String::strip).filter(text -> !text.isEmpty());
        String password = request.form("password").orElse("");
        List<FieldError> errors = errors(request, email, name, password);
        if (email.isEmpty() || !errors.isEmpty()) {
            return page(request, 422, token, errors);
        }
        try {
            firstAdministrator.create(token, email.get(), name, password, request.context());
        } catch (Problem refused) {
            return refused(request, token, refused);
        }
        return Reply.page(200, pages.notice(request.context().locale(), Notice.ADMIN_CREATED));
    }

    private Reply refused(Request request, String token, Problem refused) {
        if (refused.code() == ErrorCode.VALIDATION_ERROR) {
            return page(request, 422, token, refused.details());
        }
        if (refused.code() == ErrorCode.USER_EXISTS) {
            return page(
                    request,
                    409,
                    token,
                    List.of(new FieldError("email", refused.sentence().key(), refused.publicMessage())));
        }
        throw refused;
    }

    private static List<FieldError> errors(
            Request request, Optional<EmailAddress> email, Optional<String> name, String password) {
        List<FieldError> errors = new ArrayList<>();
        if (email.isEmpty()) {
            errors.add(new FieldError("email", "invalid_email", "Give an e-mail address such as name@example.com."));
        }
        if (name.map(String::length).orElse(0) > 200) {
            errors.add(new FieldError("name", "too_long", "Use at most 200 characters.", Map.of("max", "200")));
        }
        if (password.isEmpty()) {
            errors.add(new FieldError("password", "no_password", "Type a password."));
        } else if (!password.equals(request.form("repeatPassword").orElse(""))) {
            errors.add(new FieldError("repeatPassword", "differs", "The two passwords are not the same."));
        }
        return errors;
    }

    private Reply page(Request request, int status, String token, List<FieldError> errors) {
        String email = request.form("email").orElse("");
        String name = request.form("name").orElse("");
        FirstAdminPage page = new FirstAdminPage(token, Optional.empty(), email, name, errors);
        // The address of this page holds a token, which must not travel on as a referrer.
        return Reply.page(status, pages.firstAdmin(request.context().locale(), page))
                .withHeader("Referrer-Policy", "no-referrer");
    }
}
