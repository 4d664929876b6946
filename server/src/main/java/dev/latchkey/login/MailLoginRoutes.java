package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.human.HumanEntry;
import dev.latchkey.human.HumanPurpose;
import dev.latchkey.human.HumanService;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.session.SessionWish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in by a mailed code or link. */
public final class MailLoginRoutes {
    private static final int MAX_HANDLE = 128;
    private static final int MAX_CODE = 32;

    private final MailLogin mails;
    private final HumanService human;
    private final SignInReplies replies;

    record Begin(String email, Optional<String> humanCheck) {
        Begin(@Nullable String email, Optional<String> humanCheck) {
            Validation check = new Validation();
            this.email = check.email("email", email).asTyped();
            this.humanCheck = humanCheck;
            check.done();
        }

        EmailAddress address() {
            return EmailAddress.parse(email).orElseThrow();
        }
    }

    /**
     * The same for known and unknown addresses.
     *
     * @param loginToken to be sent back with the code
     * @param expiresIn seconds that code and link work for
     */
    record Sent(String loginToken, long expiresIn) {
        @Override
        public String toString() {
            return "Sent[redacted]";
        }
    }

    /** @param mode {@code token} (default), {@code cookie} or {@code session} */
    record Verify(String loginToken, String code, Optional<String> mode, Optional<Boolean> rememberMe) {
        Verify(
                @Nullable String loginToken,
                @JsonAlias("token") @Nullable String code,
                Optional<String> mode,
                Optional<Boolean> rememberMe) {
            Validation check = new Validation();
            this.loginToken = check.secret("loginToken", loginToken, MAX_HANDLE);
            this.code = check.secret("code", code, MAX_CODE);
            this.mode = mode;
            this.rememberMe = rememberMe;
            SessionWish.read(check, mode, rememberMe);
            check.done();
        }

        SessionWish wish() {
            return SessionWish.read(new Validation(), mode, rememberMe);
        }

        @Override
        public String toString() {
            return "Verify[redacted]";
        }
    }

    public MailLoginRoutes(MailLogin mails, HumanService human, SignInReplies replies) {
        this.mails = mails;
        this.human = human;
        this.replies = replies;
    }

    /** @param auth under {@code /api/v1/auth} */
    public void mount(Mount auth) {
        auth.post("/magic-link", Access.anyone(), this::begin)
                .summary("Mail a code and a link to sign in with. The link works in the browser that asked.")
                .accepts(Begin.class)
                .refuses(ErrorCode.CAPTCHA_REQUIRED)
                .answers(202, Sent.class)
                .limitedBy(
                        LimitPolicy.LOGIN_CODE_EMAIL,
                        request -> request.context().address().limitKey() + "|" + mailbox(request))
                .limitedBy(LimitPolicy.LOGIN_CODE_MAILBOX, MailLoginRoutes::mailbox)
                .limitedBy(LimitPolicy.LOGIN_CODE_ADDRESS);
        auth.post("/otp", Access.anyone(), this::verify)
                .summary("Sign in with the mailed code.")
                .accepts(Verify.class)
                .refuses(ErrorCode.INVALID_LOGIN_CODE)
                .answers(200, LoginAnswer.class)
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
    }

    private static String mailbox(Request request) {
        return request.body(Begin.class).address().folded();
    }

    private Reply begin(Request request) {
        Begin body = request.body(Begin.class);
        human.enter(
                new HumanEntry(HumanPurpose.LOGIN_CODE, body.address().folded(), Optional.empty(), body.humanCheck()),
                request.context());
        String handle = mails.begin(body.address(), request.context());
        return Reply.accepted(new Sent(handle, LoginCodes.LIFETIME.toSeconds()))
                .with(new Cookie(Cookie.LOGIN, handle, Optional.of(LoginCodes.LIFETIME)));
    }

    private Reply verify(Request request) {
        Verify body = request.body(Verify.class);
        return replies.reply(mails.byCode(body.loginToken(), body.code(), body.wish(), request.context()));
    }
}
