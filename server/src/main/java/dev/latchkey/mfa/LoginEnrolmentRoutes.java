package dev.latchkey.mfa;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import java.util.List;

/** Where a login that must have a second factor first sets one up: its handle opens this and nothing else. */
public final class LoginEnrolmentRoutes {
    private final TotpEnrolment enrolment;
    private final WaitingLogins logins;

    /** @param login what a finished login answers */
    record Enrolled(String message, List<String> backupCodes, Object login) {
        @Override
        public String toString() {
            return "Enrolled[redacted]";
        }
    }

    public LoginEnrolmentRoutes(TotpEnrolment enrolment, WaitingLogins logins) {
        this.enrolment = enrolment;
        this.logins = logins;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.post("/enrolment/setup", Access.anyone(), this::setup)
                .summary("Begin to set up an authenticator app in a login that must have one (requiresMFAEnrolment).")
                .accepts(MfaRequests.LoginSetup.class)
                .refuses(ErrorCode.LOGIN_EXPIRED)
                .answers(200, MfaAnswers.Setup.class)
                .limitedBy(
                        LimitPolicy.MFA,
                        request -> key(
                                request,
                                request.body(MfaRequests.LoginSetup.class).mfaToken()));
        mfa.post("/enrolment/enable", Access.anyone(), this::enable)
                .summary("Finish the setup with the app's first code, and the login with it.")
                .accepts(MfaRequests.LoginCode.class)
                .refuses(
                        ErrorCode.LOGIN_EXPIRED,
                        ErrorCode.NO_PENDING_SETUP,
                        ErrorCode.SETUP_EXPIRED,
                        ErrorCode.INVALID_MFA_CODE)
                .answers(200, Enrolled.class)
                .limitedBy(
                        LimitPolicy.MFA,
                        request -> key(
                                request,
                                request.body(MfaRequests.LoginCode.class).mfaToken()));
    }

    private Reply setup(Request request) {
        MfaRequests.LoginSetup body = request.body(MfaRequests.LoginSetup.class);
        TotpEnrolment.Owner owner = logins.owner(body.mfaToken(), request.context());
        return Reply.ok(MfaAnswers.Setup.of(enrolment.begin(owner, body.setup().deviceName())));
    }

    private Reply enable(Request request) {
        MfaRequests.LoginCode body = request.body(MfaRequests.LoginCode.class);
        TotpEnrolment.Owner owner = logins.owner(body.mfaToken(), request.context());
        List<String> codes = enrolment.enable(owner, body.code(), request.context());
        Reply login = logins.enrolled(body.mfaToken(), request.context());
        Object answer = login.body() instanceof Reply.Body.Data data ? data.value() : List.of();
        Enrolled enrolled = new Enrolled("MFA enabled successfully", codes, answer);
        return new Reply(login.status(), new Reply.Body.Data(enrolled), login.cookies(), login.headers());
    }

    private String key(Request request, String handle) {
        return logins.user(handle)
                .orElseGet(() -> "unknown|" + request.context().address().limitKey());
    }
}
