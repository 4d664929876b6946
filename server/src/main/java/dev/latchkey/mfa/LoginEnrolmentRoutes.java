package dev.latchkey.mfa;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.passkey.RegistrationStart;
import java.util.List;
import java.util.function.Function;

/** Where a login that must have a second factor first sets one up: its handle opens this and nothing else. */
public final class LoginEnrolmentRoutes {
    private final TotpEnrolment enrolment;
    private final PasskeyFlow passkeys;
    private final WaitingLogins logins;

    /** @param login what a finished login answers */
    record Enrolled(String message, List<String> backupCodes, Object login) {
        @Override
        public String toString() {
            return "Enrolled[redacted]";
        }
    }

    public LoginEnrolmentRoutes(TotpEnrolment enrolment, PasskeyFlow passkeys, WaitingLogins logins) {
        this.enrolment = enrolment;
        this.passkeys = passkeys;
        this.logins = logins;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.post("/enrolment/setup", Access.anyone(), this::setup)
                .summary("Begin to set up an authenticator app in a login that must have one (requiresMFAEnrolment).")
                .accepts(MfaRequests.LoginSetup.class)
                .refuses(ErrorCode.LOGIN_EXPIRED)
                .answers(200, MfaAnswers.Setup.class)
                .limitedBy(LimitPolicy.MFA, by(MfaRequests.LoginSetup.class, MfaRequests.LoginSetup::mfaToken));
        mfa.post("/enrolment/enable", Access.anyone(), this::enable)
                .summary("Finish the setup with the app's first code, and the login with it.")
                .accepts(MfaRequests.LoginCode.class)
                .refuses(
                        ErrorCode.LOGIN_EXPIRED,
                        ErrorCode.NO_PENDING_SETUP,
                        ErrorCode.SETUP_EXPIRED,
                        ErrorCode.INVALID_MFA_CODE)
                .answers(200, Enrolled.class)
                .limitedBy(LimitPolicy.MFA, by(MfaRequests.LoginCode.class, MfaRequests.LoginCode::mfaToken));
        mfa.post("/enrolment/passkey/options", Access.anyone(), this::passkeyOptions)
                .summary("Options for navigator.credentials.create in a login that must have a second factor.")
                .accepts(MfaRequests.LoginPasskey.class)
                .refuses(ErrorCode.LOGIN_EXPIRED)
                .answers(200, RegistrationStart.Started.class)
                .limitedBy(LimitPolicy.MFA, by(MfaRequests.LoginPasskey.class, MfaRequests.LoginPasskey::mfaToken));
        mfa.post("/enrolment/passkey/verify", Access.anyone(), this::passkeyVerify)
                .summary("Register what the browser made, and finish the login with it.")
                .accepts(MfaRequests.LoginPasskeyMade.class)
                .refuses(ErrorCode.LOGIN_EXPIRED, ErrorCode.PASSKEY_NOT_REGISTERED)
                .answers(200, Enrolled.class)
                .limitedBy(
                        LimitPolicy.MFA,
                        by(MfaRequests.LoginPasskeyMade.class, MfaRequests.LoginPasskeyMade::mfaToken));
    }

    private Reply setup(Request request) {
        MfaRequests.LoginSetup body = request.body(MfaRequests.LoginSetup.class);
        TotpEnrolment.Owner owner = appOwner(body.mfaToken(), request);
        return Reply.ok(MfaAnswers.Setup.of(enrolment.begin(owner, body.setup().deviceName())));
    }

    private Reply enable(Request request) {
        MfaRequests.LoginCode body = request.body(MfaRequests.LoginCode.class);
        List<String> codes = enrolment.enable(appOwner(body.mfaToken(), request), body.code(), request.context());
        return finished(body.mfaToken(), ProvedSession.SetUp.AUTHENTICATOR_APP, codes, request);
    }

    private Reply passkeyOptions(Request request) {
        MfaRequests.LoginPasskey body = request.body(MfaRequests.LoginPasskey.class);
        return Reply.ok(passkeys.begin(passkeyOwner(body.mfaToken(), request)));
    }

    private Reply passkeyVerify(Request request) {
        MfaRequests.LoginPasskeyMade body = request.body(MfaRequests.LoginPasskeyMade.class);
        PasskeyFlow.Made made = passkeys.register(
                passkeyOwner(body.mfaToken(), request),
                body.sessionId(),
                body.response(),
                body.name(),
                request.context());
        ProvedSession.SetUp factor =
                made.passkey().userVerified() ? ProvedSession.SetUp.VERIFIED_PASSKEY : ProvedSession.SetUp.PASSKEY;
        return finished(body.mfaToken(), factor, made.backupCodes(), request);
    }

    private TotpEnrolment.Owner appOwner(String handle, Request request) {
        WaitingLogins.Waiting login = logins.enrolling(handle, request.context());
        return TotpEnrolment.Owner.signingIn(login.user(), login.epoch());
    }

    private PasskeyFlow.Owner passkeyOwner(String handle, Request request) {
        WaitingLogins.Waiting login = logins.enrolling(handle, request.context());
        return PasskeyFlow.Owner.signingIn(login.user(), login.epoch(), handle);
    }

    private Reply finished(String handle, ProvedSession.SetUp factor, List<String> codes, Request request) {
        Reply login = logins.enrolled(handle, factor, request.context());
        Object answer = login.body() instanceof Reply.Body.Data data ? data.value() : List.of();
        Enrolled enrolled = new Enrolled("MFA enabled successfully", codes, answer);
        return new Reply(login.status(), new Reply.Body.Data(enrolled), login.cookies(), login.headers());
    }

    private <T> Function<Request, String> by(Class<T> body, Function<T, String> handle) {
        return request -> logins.user(handle.apply(request.body(body)))
                .orElseGet(() -> "unknown|" + request.context().address().siteLimitKey());
    }
}
