package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.UserId;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import org.jspecify.annotations.Nullable;

/** Where a code by text message is asked for. */
public final class TextedCodeRoutes {
    private static final int MAX_HANDLE = 128;

    private final TextedCodes codes;
    private final LoginFlow login;

    /** @param mfaToken the handle of a login that asks for a second factor */
    record Send(String mfaToken) {
        Send(@JsonAlias({"userId", "interimToken"}) @Nullable String mfaToken) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_HANDLE);
            check.done();
        }

        @Override
        public String toString() {
            return "Send[redacted]";
        }
    }

    public TextedCodeRoutes(TextedCodes codes, LoginFlow login) {
        this.codes = codes;
        this.login = login;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.post(
                        "/sms/send",
                        Access.anyone(),
                        request -> Reply.accepted(
                                codes.forLogin(request.body(Send.class).mfaToken(), request.context())))
                .summary("Text the code that finishes a login to the account's number. Then call verify.")
                .accepts(Send.class)
                .refuses(ErrorCode.LOGIN_EXPIRED)
                .answers(202, TextedCodes.Sent.class)
                .limitedBy(LimitPolicy.SMS_ACCOUNT, this::accountKey)
                .limitedBy(LimitPolicy.SMS_NUMBER, this::numberKey);
        mfa.post(
                        "/sms/step-up",
                        Access.signedIn(),
                        request -> Reply.accepted(codes.forStepUp(request.user(), request.context())))
                .summary("Text a code to the signed-in user's number, for reauthenticate or for what asks for a code.")
                .answers(202, TextedCodes.Sent.class)
                .limitedBy(
                        LimitPolicy.SMS_ACCOUNT,
                        request -> request.user().user().value())
                .limitedBy(
                        LimitPolicy.SMS_NUMBER,
                        request -> codes.number(request.user().user())
                                .map(PhoneNumber::value)
                                .orElseGet(() -> request.user().user().value()));
    }

    private String accountKey(Request request) {
        return login.waiting(request.body(Send.class).mfaToken())
                .map(UserId::value)
                .orElseGet(() -> unknown(request));
    }

    private String numberKey(Request request) {
        return codes.number(request.body(Send.class).mfaToken())
                .map(PhoneNumber::value)
                .orElseGet(() -> unknown(request));
    }

    /** Whoever invents handles is counted by network. */
    private static String unknown(Request request) {
        return "unknown|" + request.context().address().siteLimitKey();
    }
}
