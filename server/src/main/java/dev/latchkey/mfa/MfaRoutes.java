package dev.latchkey.mfa;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;

/** What signed-in users call about their second factors. */
public final class MfaRoutes {
    private final TotpEnrolment enrolment;
    private final MfaFlow factors;

    public MfaRoutes(TotpEnrolment enrolment, MfaFlow factors) {
        this.enrolment = enrolment;
        this.factors = factors;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.post("/setup", Access.recent(), this::setup)
                .summary("Begin to set up an authenticator app. The first code must arrive within 10 minutes.")
                .accepts(MfaRequests.Setup.class)
                .answers(200, MfaAnswers.Setup.class);
        mfa.post("/enable", Access.recent(), this::enable)
                .summary("Finish the setup with the app's first code. Answers backup codes, this once.")
                .accepts(MfaRequests.Code.class)
                .refuses(
                        ErrorCode.NO_PENDING_SETUP,
                        ErrorCode.SETUP_EXPIRED,
                        ErrorCode.INVALID_MFA_CODE,
                        ErrorCode.CONFLICT)
                .answers(200, MfaAnswers.Enabled.class)
                .limitedBy(LimitPolicy.MFA, MfaRoutes::userKey);
        mfa.post("/disable", Access.signedIn(), this::disable)
                .summary("Ask for the password alone again. Needs a code; authenticator apps and the phone"
                        + " number are removed, and backup codes without a passkey.")
                .accepts(MfaRequests.Code.class)
                .refuses(ErrorCode.INVALID_MFA_CODE, ErrorCode.MFA_REQUIRED)
                .answers(200, MfaAnswers.Disabled.class)
                .limitedBy(LimitPolicy.MFA, MfaRoutes::userKey);
        mfa.get("/status", Access.signedIn(), request -> Reply.ok(MfaAnswers.Status.of(factors.status(request.user()))))
                .summary("Whether logins ask for a second factor, and what there is to answer with.")
                .answers(200, MfaAnswers.Status.class);
        mfa.post("/backup-codes", Access.recent(), this::backupCodes)
                .summary("New backup codes, shown this once. The old ones are void.")
                .refuses(ErrorCode.CONFLICT)
                .answers(200, MfaAnswers.Codes.class)
                .limitedBy(LimitPolicy.MFA, MfaRoutes::userKey);
        mountDevices(mfa);
    }

    private void mountDevices(Mount mfa) {
        mfa.get(
                        "/devices",
                        Access.signedIn(),
                        request -> Reply.ok(MfaAnswers.Status.of(factors.status(request.user()))
                                .devices()))
                .summary("The authenticator apps of the signed-in user.")
                .answers(200, MfaAnswers.Device[].class);
        mfa.patch("/devices/{id}", Access.recent(), this::rename)
                .summary("Give an authenticator app another name.")
                .accepts(MfaRequests.Name.class)
                .answers(204, Void.class);
        mfa.delete("/devices/{id}", Access.recent(), this::remove)
                .summary("Remove an authenticator app. With the last one logins ask for the password alone.")
                .refuses(ErrorCode.MFA_REQUIRED)
                .answers(204, Void.class);
    }

    private Reply setup(Request request) {
        MfaRequests.Setup body = request.optionalBody(MfaRequests.Setup.class).orElse(MfaRequests.Setup.UNNAMED);
        return Reply.ok(
                MfaAnswers.Setup.of(enrolment.begin(TotpEnrolment.Owner.signedIn(request.user()), body.deviceName())));
    }

    private Reply enable(Request request) {
        String code = request.body(MfaRequests.Code.class).code();
        TotpEnrolment.Owner owner = TotpEnrolment.Owner.signedIn(request.user());
        return Reply.ok(MfaAnswers.Enabled.of(enrolment.enable(owner, code, request.context())));
    }

    private Reply disable(Request request) {
        factors.disable(request.user(), request.body(MfaRequests.Code.class).code(), request.context());
        return Reply.ok(MfaAnswers.Disabled.DONE);
    }

    private Reply backupCodes(Request request) {
        return Reply.ok(new MfaAnswers.Codes(factors.renewBackupCodes(request.user(), request.context())));
    }

    private Reply rename(Request request) {
        factors.rename(
                request.user(),
                device(request),
                request.body(MfaRequests.Name.class).name());
        return Reply.noContent();
    }

    private Reply remove(Request request) {
        factors.remove(request.user(), device(request), request.context());
        return Reply.noContent();
    }

    private static TotpDeviceId device(Request request) {
        return TotpDeviceId.parse(request.path("id")).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    private static String userKey(Request request) {
        return request.user().user().value();
    }
}
