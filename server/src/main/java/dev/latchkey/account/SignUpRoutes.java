package dev.latchkey.account;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.http.Route;
import dev.latchkey.human.HumanEntry;
import dev.latchkey.human.HumanPurpose;
import dev.latchkey.human.HumanService;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.user.UserView;
import java.util.Optional;

/** Sign-up, verification and recovery: what a person without a session calls. */
public final class SignUpRoutes {
    private static final MessageAnswer RESET_SENT =
            new MessageAnswer("If the email exists, a reset link has been sent");
    private static final MessageAnswer RESET_DONE = new MessageAnswer("Password reset successfully");
    private static final MessageAnswer VERIFICATION_SENT =
            new MessageAnswer("If the address waits for its verification, a link has been sent");
    private static final MessageAnswer SECURED =
            new MessageAnswer("Every session was ended and the password is void. We mailed you a link for a new one.");
    private static final MessageAnswer UNLOCKED = new MessageAnswer("The account is unlocked. You can sign in again.");

    private final Registration registration;
    private final EmailVerification verification;
    private final PasswordRecovery recovery;
    private final Disavowal disavowal;
    private final HumanService human;
    private final Class<?> answer;

    /** @param answer the record that a sign-in answers, for the API description */
    public SignUpRoutes(
            Registration registration,
            EmailVerification verification,
            PasswordRecovery recovery,
            Disavowal disavowal,
            HumanService human,
            Class<?> answer) {
        this.registration = registration;
        this.verification = verification;
        this.recovery = recovery;
        this.disavowal = disavowal;
        this.human = human;
        this.answer = answer;
    }

    public void mount(Mount auth) {
        register(auth.post("/register", Access.anyone(), this::register)).summary("Create an account.");
        register(auth.post("/signup", Access.anyone(), this::register)).summary("Another name of register.");
        auth.post("/verify-email", Access.anyone(), this::verifyEmail)
                .summary(
                        "Prove an e-mail address with the token of the mailed link. Where somebody else may have set what the"
                                + " account had, that is removed and a token for a new password answered.")
                .accepts(AccountRequests.Link.class)
                .answers(200, AccountAnswers.Verified.class);
        mailing(auth.post("/resend-verification", Access.anyone(), this::resend), MailPurpose.VERIFICATION)
                .summary("Mail a new verification link. The answer is the same whether or not one was due.");
        mailing(auth.post("/forgot-password", Access.anyone(), this::forgot), MailPurpose.NEW_PASSWORD)
                .summary("Mail a link for a new password. The answer is the same whether or not the account exists.");
        auth.post("/reset-password", Access.anyone(), this::reset)
                .summary("Set a new password with the token of the mailed link. Ends every session.")
                .accepts(AccountRequests.ResetPassword.class)
                .answers(200, MessageAnswer.class);
        auth.post("/not-me", Access.anyone(), this::notMe)
                .summary("Disown a change with the token of a security mail: ends every session, voids the password.")
                .accepts(AccountRequests.Link.class)
                .answers(200, MessageAnswer.class);
        auth.post("/unlock", Access.anyone(), this::unlock)
                .summary("Unlock a locked account with the token of the mailed link.")
                .accepts(AccountRequests.Link.class)
                .answers(200, MessageAnswer.class);
    }

    private Route register(Route route) {
        return route.accepts(RegisterRequest.class)
                .answers(201, answer)
                .answers(202, MessageAnswer.class)
                .refuses(ErrorCode.CAPTCHA_REQUIRED, ErrorCode.USER_EXISTS)
                .limitedBy(LimitPolicy.REGISTER)
                .limitedBy(LimitPolicy.RESET_EMAIL, this::mailedByRegistration);
    }

    private static Route mailing(Route route, MailPurpose purpose) {
        return route.accepts(AccountRequests.Address.class)
                .answers(200, MessageAnswer.class)
                .refuses(ErrorCode.CAPTCHA_REQUIRED)
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> purpose.limitKey(
                                request.body(AccountRequests.Address.class).address()));
    }

    /** The owner of a taken address is mailed, who never asked for anything; a free one is limited alike, or it would show. */
    private String mailedByRegistration(Request request) {
        return registration.answersByMail()
                ? MailPurpose.SIGN_UP.limitKey(
                        request.body(RegisterRequest.class).address())
                : "";
    }

    private Reply register(Request request) {
        RegisterRequest body = request.body(RegisterRequest.class);
        enter(request, HumanPurpose.REGISTER, body.address(), body.humanCheck());
        return registration.register(body, request.context());
    }

    private Reply verifyEmail(Request request) {
        String token = request.body(AccountRequests.Link.class).token();
        EmailVerification.Verified done = verification.verify(token, request.principal(), request.context());
        return Reply.ok(new AccountAnswers.Verified(UserView.of(done.user()), done.resetToken()));
    }

    private Reply resend(Request request) {
        verification.resend(address(request, HumanPurpose.RESEND_VERIFICATION), request.context());
        return Reply.ok(VERIFICATION_SENT);
    }

    private Reply forgot(Request request) {
        recovery.forgot(address(request, HumanPurpose.FORGOT_PASSWORD), request.context());
        return Reply.ok(RESET_SENT);
    }

    private EmailAddress address(Request request, HumanPurpose purpose) {
        AccountRequests.Address body = request.body(AccountRequests.Address.class);
        enter(request, purpose, body.address(), body.humanCheck());
        return body.address();
    }

    private void enter(Request request, HumanPurpose purpose, EmailAddress address, Optional<String> answer) {
        human.enter(new HumanEntry(purpose, address.folded(), Optional.empty(), answer), request.context());
    }

    private Reply reset(Request request) {
        AccountRequests.ResetPassword body = request.body(AccountRequests.ResetPassword.class);
        recovery.reset(body.token(), "newPassword", body.newPassword(), request.context());
        return Reply.ok(RESET_DONE);
    }

    private Reply notMe(Request request) {
        disavowal.disown(request.body(AccountRequests.Link.class).token(), request.context());
        return Reply.ok(SECURED);
    }

    private Reply unlock(Request request) {
        disavowal.unlock(request.body(AccountRequests.Link.class).token(), request.context());
        return Reply.ok(UNLOCKED);
    }
}
