package dev.latchkey.hosted;

import dev.latchkey.core.FieldError;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.Factor;
import dev.latchkey.login.Proof;
import dev.latchkey.login.Reauthentication;
import dev.latchkey.login.SignedIn;
import dev.latchkey.login.TextedCodes;
import dev.latchkey.page.ConfirmPage;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets a signed-in person prove once more who they are (step-up), then leads on to what needed that. */
public final class ConfirmPages {
    private static final int MOST_PASSWORD = 1024;
    private static final String PASSWORD = Factor.PASSWORD.method();
    private static final String TOTP = Factor.TOTP.method();
    private static final String BACKUP_CODE = Factor.BACKUP_CODE.method();
    private static final String SMS = Factor.SMS.method();
    private static final List<String> ORDER = List.of(PASSWORD, TOTP, Factor.PASSKEY.method(), SMS, BACKUP_CODE);

    private final Pages pages;
    private final AccountFrame frame;
    private final Steps steps;
    private final Reauthentication reauthentication;
    private final TextedCodes texts;

    public ConfirmPages(
            Pages pages, AccountFrame frame, Steps steps, Reauthentication reauthentication, TextedCodes texts) {
        this.pages = pages;
        this.frame = frame;
        this.steps = steps;
        this.reauthentication = reauthentication;
        this.texts = texts;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT_CONFIRM.path(), Access.signedIn(), this::show)
                .summary("Asks a signed-in person to prove once more who they are.")
                .takes("with", "What to prove it with: password, totp, passkey, sms or backup-code.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(PagePath.ACCOUNT_CONFIRM.path(), Access.signedIn(), this::confirm)
                .summary("Takes the form's proof and leads on, in a new session.")
                .limitedBy(
                        LimitPolicy.LOGIN, request -> MfaPages.wantsText(request) ? "" : AccountFrame.userKey(request))
                .limitedBy(
                        LimitPolicy.SMS_ACCOUNT,
                        request -> MfaPages.wantsText(request) ? AccountFrame.userKey(request) : "")
                .limitedBy(LimitPolicy.SMS_NUMBER, request -> MfaPages.wantsText(request) ? numberKey(request) : "");
    }

    private Reply show(Request request) {
        return methods(request.user()).isEmpty()
                ? FirstPasswordPages.instead()
                : Reply.page(200, page(request, request.query("with"), List.of()));
    }

    private Reply confirm(Request request) {
        Principal.SignedIn user = AccountFrame.inBrowser(request);
        if (methods(user).isEmpty()) {
            // A guess at a password that is not there would count as a failure all the same.
            return FirstPasswordPages.instead();
        }
        if (MfaPages.wantsText(request)) {
            return text(request, user);
        }
        String with = request.form("with").orElse(PASSWORD);
        List<String> methods = methods(user);
        if (with.equals(PASSWORD) && !methods.isEmpty() && !methods.contains(PASSWORD)) {
            // The form is from before the account had a second factor.
            return Reply.page(422, page(request, Optional.empty(), List.of()));
        }
        String field = with.equals(PASSWORD) ? "password" : "code";
        String typed = AccountFrame.typed(request, field);
        if (typed.isBlank() || typed.length() > MOST_PASSWORD) {
            String key = with.equals(PASSWORD) ? "account_confirm.no_password" : "mfa.no_code";
            List<FieldError> errors = List.of(frame.complaint(request, field, key));
            return Reply.page(422, page(request, Optional.of(with), errors));
        }
        try {
            return steps.signedIn(raised(request, user, with, typed), Reply.seeOther(destination(request)));
        } catch (Problem refused) {
            return Steps.refused(refused, page(request, Optional.of(with), Steps.complaints(refused, field)));
        }
    }

    private Reply text(Request request, Principal.SignedIn user) {
        try {
            texts.forStepUp(user, request.context());
            return Reply.seeOther(
                    Steps.at(PagePath.ACCOUNT_CONFIRM.path() + "?with=" + SMS + "&sent=1", steps.returnTo(request)));
        } catch (Problem refused) {
            return Steps.refused(refused, page(request, Optional.of(SMS), Steps.complaints(refused, "code")));
        }
    }

    private String numberKey(Request request) {
        return texts.number(request.user().user())
                .map(PhoneNumber::value)
                .orElseGet(() -> AccountFrame.userKey(request));
    }

    /** The form once more, with what was refused, asking for the same. */
    Reply again(Request request, Problem refused, String method) {
        return Steps.refused(refused, page(request, Optional.of(method), Steps.complaints(refused, method)));
    }

    private SignedIn raised(Request request, Principal.SignedIn user, String with, String typed) {
        if (with.equals(PASSWORD)) {
            return reauthentication.raise(user, typed, request.context());
        }
        Proof.Second proof =
                with.equals(BACKUP_CODE) ? new Proof.BackupCode(typed) : new Proof.Digits(typed.replace(" ", ""));
        return reauthentication.raise(user, proof, request.context());
    }

    private String destination(Request request) {
        return Steps.destination(steps.returnTo(request));
    }

    private String page(Request request, Optional<String> wanted, List<FieldError> errors) {
        List<String> methods = methods(request.user());
        String shown = wanted.filter(methods::contains).orElse(methods.isEmpty() ? PASSWORD : methods.getFirst());
        List<String> others =
                methods.stream().filter(method -> !method.equals(shown)).toList();
        ConfirmPage page = new ConfirmPage(
                frame.menu(request, PagePath.ACCOUNT_SECURITY),
                steps.returnTo(request),
                shown,
                others,
                shown.equals(SMS) && request.query("sent").isPresent(),
                errors);
        return pages.show(request.context().locale(), PagePath.ACCOUNT_CONFIRM, page);
    }

    /** The first is offered. */
    private List<String> methods(Principal.SignedIn user) {
        Set<Factor> ways = reauthentication.ways(user);
        return ORDER.stream()
                .filter(method -> ways.stream().anyMatch(way -> way.method().equals(method)))
                .toList();
    }
}
