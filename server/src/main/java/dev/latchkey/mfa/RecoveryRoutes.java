package dev.latchkey.mfa;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import org.jspecify.annotations.Nullable;

/** What whoever lost a device calls. */
public final class RecoveryRoutes {
    private static final int MAX_TOKEN = 128;
    private static final int MAX_PASSWORD = 1024;

    private final RecoveryFlow recovery;

    /** @param mfaToken the handle of a login that asks for a second factor */
    record Lost(String mfaToken) {
        Lost(@JsonAlias({"userId", "interimToken"}) @Nullable String mfaToken) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_TOKEN);
            check.done();
        }

        @Override
        public String toString() {
            return "Lost[redacted]";
        }
    }

    /** @param password the current one */
    record OfSession(String password) {
        OfSession(@Nullable String password) {
            Validation check = new Validation();
            this.password = check.secret("password", password, MAX_PASSWORD);
            check.done();
        }

        @Override
        public String toString() {
            return "OfSession[redacted]";
        }
    }

    record Link(String token) {
        Link(@Nullable String token) {
            Validation check = new Validation();
            this.token = check.secret("token", token, MAX_TOKEN);
            check.done();
        }

        @Override
        public String toString() {
            return "Link[redacted]";
        }
    }

    /** @param readyAt when the mailed link will work, as ISO 8601 in UTC */
    record Waiting(String readyAt) {}

    public RecoveryRoutes(RecoveryFlow recovery) {
        this.recovery = recovery;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.post("/recovery", Access.anyone(), this::request)
                .summary(
                        "Ask for a way in without the lost second factor. A mail cancels it, or completes it after a wait.")
                .accepts(Lost.class)
                .refuses(ErrorCode.LOGIN_EXPIRED, ErrorCode.CONFLICT)
                .answers(202, Waiting.class)
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> recovery.asking(request.body(Lost.class).mfaToken())
                                .map(RecoveryRoutes::perAccount)
                                .orElse(""));
        mfa.post("/recovery/signed-in", Access.signedIn(), this::requestSignedIn)
                .summary("The same for whoever is signed in by one factor, and needs the lost one to change anything.")
                .accepts(OfSession.class)
                .refuses(ErrorCode.ACCOUNT_LOCKED)
                .answers(202, Waiting.class)
                .limitedBy(LimitPolicy.LOGIN, request -> request.user().user().value())
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> perAccount(request.user().user().value()));
        mfa.post("/recovery/cancel", Access.anyone(), this::cancel)
                .summary("Stop a recovery with the mailed link.")
                .accepts(Link.class)
                .refuses(ErrorCode.INVALID_LINK)
                .answers(204, Void.class);
        mfa.post("/recovery/complete", Access.anyone(), this::complete)
                .summary("Remove the lost second factors with the mailed link, once the wait is over. Then sign in.")
                .accepts(Link.class)
                .refuses(ErrorCode.INVALID_LINK, ErrorCode.CONFLICT)
                .answers(204, Void.class);
    }

    /** What the mails about one account's recovery are counted by, however they were asked for. */
    public static String perAccount(String user) {
        return "recovery|" + user;
    }

    private Reply request(Request request) {
        String handle = request.body(Lost.class).mfaToken();
        return Reply.accepted(
                new Waiting(recovery.request(handle, request.context()).toString()));
    }

    private Reply requestSignedIn(Request request) {
        String password = request.body(OfSession.class).password();
        return Reply.accepted(new Waiting(
                recovery.request(request.user(), password, request.context()).toString()));
    }

    private Reply cancel(Request request) {
        recovery.cancel(request.body(Link.class).token(), request.context());
        return Reply.noContent();
    }

    private Reply complete(Request request) {
        recovery.complete(request.body(Link.class).token(), request.context());
        return Reply.noContent();
    }
}
