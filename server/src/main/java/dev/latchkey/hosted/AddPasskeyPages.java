package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.mfa.PasskeyFlow;
import dev.latchkey.page.AddPasskeyPage;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.passkey.Passkey;
import java.util.List;
import java.util.Optional;

/** A signed-in person makes a passkey. */
public final class AddPasskeyPages {
    private final Pages pages;
    private final AccountFrame frame;
    private final Steps steps;
    private final PasskeyFlow passkeys;

    public AddPasskeyPages(Pages pages, AccountFrame frame, Steps steps, PasskeyFlow passkeys) {
        this.pages = pages;
        this.frame = frame;
        this.steps = steps;
        this.passkeys = passkeys;
    }

    public void mount(Mount site) {
        String path = PagePath.ACCOUNT_PASSKEY.path();
        site.get(path, Access.recent(), this::show)
                .summary("The form that makes a passkey.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(path + "/options", Access.recent(), this::begin)
                .summary("Options for the script that makes a passkey.")
                .limitedBy(LimitPolicy.MFA, AccountFrame::userKey);
        site.post(path, Access.recent(), this::register)
                .comingBackTo(frame.forms().keeping(request -> path, "name"))
                .summary("Registers what the authenticator answered.")
                .limitedBy(LimitPolicy.MFA, AccountFrame::userKey);
    }

    private Reply show(Request request) {
        String typed =
                frame.forms().take(request, PagePath.ACCOUNT_PASSKEY.path()).getOrDefault("name", "");
        return Reply.page(200, page(request, typed, List.of()));
    }

    private Reply begin(Request request) {
        return Reply.ok(passkeys.begin(PasskeyFlow.Owner.signedIn(request.user())));
    }

    private Reply register(Request request) {
        try {
            Validation check = new Validation();
            Optional<String> name = check.optionalText(
                    "name",
                    request.form("name").filter(typed -> !typed.isBlank()).orElse(null),
                    Passkey.MAX_NAME);
            check.done();
            PasskeyFlow.Made made = passkeys.register(
                    PasskeyFlow.Owner.signedIn(request.user()),
                    PasskeyForm.sessionId(request),
                    PasskeyForm.attestation(request),
                    name,
                    PasskeyForm.unnamed(pages, request),
                    request.context());
            return made.backupCodes().isEmpty()
                    ? Done.PASSKEY_ADDED.then(PagePath.ACCOUNT_SECURITY, steps.returnTo(request))
                    : frame.showCodes(request, made.backupCodes(), Done.PASSKEY_ADDED, steps.returnTo(request));
        } catch (Problem refused) {
            boolean named =
                    refused.details().stream().anyMatch(error -> error.field().equals("name"));
            Problem told = named ? refused : PasskeyForm.told(refused, ErrorCode.PASSKEY_NOT_REGISTERED);
            return Steps.refused(
                    told,
                    page(request, AccountFrame.typed(request, "name"), Steps.complaints(told, PasskeyForm.FIELD)));
        }
    }

    private String page(Request request, String name, List<FieldError> errors) {
        AddPasskeyPage page = new AddPasskeyPage(
                frame.menu(request, PagePath.ACCOUNT_SECURITY), steps.returnTo(request), name, errors);
        return pages.show(request.context().locale(), PagePath.ACCOUNT_PASSKEY, page);
    }
}
