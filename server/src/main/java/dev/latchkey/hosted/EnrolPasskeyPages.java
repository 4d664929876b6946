package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.Attempt;
import dev.latchkey.login.Factor;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.mfa.PasskeyFlow;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Makes a passkey in a login that cannot go on without a second factor. */
public final class EnrolPasskeyPages {
    private static final Set<ErrorCode> OVER =
            EnumSet.of(ErrorCode.LOGIN_EXPIRED, ErrorCode.INVALID_CREDENTIALS, ErrorCode.TOKEN_REVOKED);

    private final Pages pages;
    private final Steps steps;
    private final LoginFlow login;
    private final PasskeyFlow passkeys;
    private final EnrolmentPages enrolment;

    public EnrolPasskeyPages(
            Pages pages, Steps steps, LoginFlow login, PasskeyFlow passkeys, EnrolmentPages enrolment) {
        this.pages = pages;
        this.steps = steps;
        this.login = login;
        this.passkeys = passkeys;
        this.enrolment = enrolment;
    }

    public void mount(Mount site) {
        String path = PagePath.MFA_ENROLMENT_PASSKEY.path();
        site.post(path + "/options", Access.anyone(), this::begin)
                .summary("Options for the script that makes a passkey in a login.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.MFA, request -> MfaPages.accountKey(login, request));
        site.post(path, Access.anyone(), this::register)
                .summary("Registers what the authenticator answered, and finishes the login with it.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.MFA, request -> MfaPages.accountKey(login, request));
    }

    private Reply begin(Request request) {
        try {
            return Reply.ok(passkeys.begin(owner(request)));
        } catch (Problem refused) {
            if (OVER.contains(refused.code())) {
                return steps.goOn(request, "");
            }
            throw refused;
        }
    }

    private Reply register(Request request) {
        String returnTo = steps.returnTo(request);
        try {
            PasskeyFlow.Owner owner = owner(request);
            PasskeyFlow.Made made = passkeys.register(
                    owner,
                    PasskeyForm.sessionId(request),
                    PasskeyForm.attestation(request),
                    Optional.empty(),
                    PasskeyForm.unnamed(pages, request),
                    request.context());
            Factor factor = made.passkey().userVerified() ? Factor.VERIFIED_PASSKEY : Factor.PASSKEY;
            return enrolment.finished(request, factor, made.backupCodes(), returnTo);
        } catch (Problem refused) {
            return OVER.contains(refused.code())
                    ? steps.goOn(request, returnTo)
                    : enrolment.again(request, PasskeyForm.told(refused, ErrorCode.PASSKEY_NOT_REGISTERED));
        }
    }

    private PasskeyFlow.Owner owner(Request request) {
        String handle = Steps.handle(request);
        Attempt attempt = login.enrolling(handle, request.context());
        return PasskeyFlow.Owner.signingIn(attempt.user().orElseThrow(), attempt.epoch(), handle);
    }
}
