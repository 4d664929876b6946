package dev.latchkey.mfa;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.otp.LoginCodes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What signed-in users call about the number that codes are texted to. */
public final class PhoneRoutes {
    private static final int MAX_NUMBER = 40;

    private final PhoneFlow phones;

    /** @param phoneNumber in international form, such as {@code +49 30 123456}; taken as {@code phone} and {@code number} too */
    record Setup(String phoneNumber) {
        Setup(@JsonAlias({"phone", "number"}) @Nullable String phoneNumber) {
            Validation check = new Validation();
            String typed = check.text("phoneNumber", phoneNumber, MAX_NUMBER);
            Optional<PhoneNumber> number = PhoneNumber.parse(typed);
            check.require(
                    typed.isEmpty() || number.isPresent(),
                    "phoneNumber",
                    "invalid",
                    "Write the number with its country code, such as +49 30 123456.");
            check.done();
            this.phoneNumber = number.map(PhoneNumber::value).orElse(typed);
        }

        PhoneNumber number() {
            return new PhoneNumber(phoneNumber);
        }

        @Override
        public String toString() {
            return "Setup[redacted]";
        }
    }

    /**
     * A code is on its way.
     *
     * @param sentTo the end of the number
     * @param expiresIn seconds
     */
    record Sent(String sentTo, long expiresIn, String message) {
        static Sent to(PhoneNumber number) {
            return new Sent(
                    number.masked(), LoginCodes.LIFETIME.toSeconds(), "Enter the code that we sent to your telephone");
        }
    }

    public PhoneRoutes(PhoneFlow phones) {
        this.phones = phones;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.post("/sms/setup", Access.recent(), this::setup)
                .summary("Text a code to the number that is to be used for second factors.")
                .accepts(Setup.class)
                .answers(202, Sent.class)
                .limitedBy(LimitPolicy.SMS_ACCOUNT, PhoneRoutes::userKey)
                .limitedBy(
                        LimitPolicy.SMS_NUMBER,
                        request -> PhoneFlow.limitKey(request.body(Setup.class).number()))
                .limitedBy(LimitPolicy.SMS_ADDRESS);
        mfa.post("/sms/enable", Access.recent(), this::enable)
                .summary("Prove the number with the code that was texted to it. Answers backup codes, this once.")
                .accepts(MfaRequests.Code.class)
                .refuses(ErrorCode.NO_PENDING_SETUP, ErrorCode.INVALID_MFA_CODE)
                .answers(200, MfaAnswers.Enabled.class)
                .limitedBy(LimitPolicy.MFA, PhoneRoutes::userKey);
        mfa.delete("/sms", Access.recent(), this::remove)
                .summary("Text no codes any more. With the last factor logins ask for the password alone.")
                .refuses(ErrorCode.MFA_REQUIRED)
                .answers(204, Void.class);
    }

    private Reply setup(Request request) {
        PhoneNumber number = request.body(Setup.class).number();
        phones.begin(request.user(), number, request.context());
        return Reply.accepted(Sent.to(number));
    }

    private Reply enable(Request request) {
        String code = request.body(MfaRequests.Code.class).code();
        return Reply.ok(MfaAnswers.Enabled.of(phones.enable(request.user(), code, request.context())));
    }

    private Reply remove(Request request) {
        phones.remove(request.user(), request.context());
        return Reply.noContent();
    }

    private static String userKey(Request request) {
        return request.user().user().value();
    }
}
