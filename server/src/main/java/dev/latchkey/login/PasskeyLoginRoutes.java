package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.AuthenticationStart;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in with a passkey. */
public final class PasskeyLoginRoutes {
    private static final int MAX_HANDLE = 128;

    private final PasskeyLogin passkeys;
    private final Reauthentication reauthentication;
    private final SignInReplies replies;

    /**
     * @param mfaToken the handle of a login that asks for a second factor; absent to sign in with the passkey alone
     * @param autofill whether the browser offers passkeys beside the form's fields (conditional mediation)
     */
    record Begin(Optional<String> mfaToken, Optional<Boolean> autofill) {
        static final Begin ALONE = new Begin(Optional.empty(), Optional.empty());

        Begin(@JsonAlias({"userId", "interimToken"}) Optional<String> mfaToken, Optional<Boolean> autofill) {
            Validation check = new Validation();
            this.mfaToken = check.optionalText("mfaToken", mfaToken.orElse(null), MAX_HANDLE);
            this.autofill = autofill;
            check.done();
        }

        @Override
        public String toString() {
            return "Begin[redacted]";
        }
    }

    /**
     * @param sessionId from the options
     * @param response what the browser answered, {@code AuthenticationResponseJSON}; taken as {@code credential} too
     * @param mode {@code token} (default), {@code cookie} or {@code session}; where the passkey signs in alone
     */
    record Verify(
            String sessionId,
            AuthenticationResponse response,
            Optional<String> mfaToken,
            Optional<String> mode,
            Optional<Boolean> rememberMe,
            Optional<Boolean> trustDevice) {
        Verify(
                @Nullable String sessionId,
                @JsonAlias("credential") @Nullable AuthenticationResponse response,
                @JsonAlias({"userId", "interimToken"}) Optional<String> mfaToken,
                Optional<String> mode,
                Optional<Boolean> rememberMe,
                Optional<Boolean> trustDevice) {
            Validation check = new Validation();
            this.sessionId = check.secret("sessionId", sessionId, MAX_HANDLE);
            this.mfaToken = check.optionalText("mfaToken", mfaToken.orElse(null), MAX_HANDLE);
            this.mode = mode;
            this.rememberMe = rememberMe;
            this.trustDevice = trustDevice;
            check.require(response != null, "response", "required", "Send what the browser answered.");
            check.require(
                    mode.isEmpty() || SessionMode.parse(mode.get()).isPresent(),
                    "mode",
                    "unknown_mode",
                    "Use token, cookie or session.");
            check.done();
            this.response = response == null ? new AuthenticationResponse("-", null, null, null) : response;
        }

        SessionWish wish() {
            return new SessionWish(
                    mode.flatMap(SessionMode::parse).orElse(SessionMode.TOKEN), rememberMe.orElse(false));
        }

        @Override
        public String toString() {
            return "Verify[redacted]";
        }
    }

    /**
     * What proves once more who is signed in.
     *
     * @param sessionId from the options
     * @param response what the browser answered; taken as {@code credential} too
     */
    record Again(String sessionId, AuthenticationResponse response) {
        Again(@Nullable String sessionId, @JsonAlias("credential") @Nullable AuthenticationResponse response) {
            Validation check = new Validation();
            this.sessionId = check.secret("sessionId", sessionId, MAX_HANDLE);
            check.require(response != null, "response", "required", "Send what the browser answered.");
            check.done();
            this.response = response == null ? new AuthenticationResponse("-", null, null, null) : response;
        }

        @Override
        public String toString() {
            return "Again[redacted]";
        }
    }

    public PasskeyLoginRoutes(PasskeyLogin passkeys, Reauthentication reauthentication, SignInReplies replies) {
        this.passkeys = passkeys;
        this.reauthentication = reauthentication;
        this.replies = replies;
    }

    /** @param mount under {@code /api/v1/passkeys} */
    public void mount(Mount mount) {
        mount.post("/authenticate/options", Access.anyone(), this::begin)
                .summary("Options for navigator.credentials.get, good once.")
                .accepts(Begin.class)
                .refuses(ErrorCode.LOGIN_EXPIRED)
                .answers(200, AuthenticationStart.class)
                .limitedBy(LimitPolicy.PASSKEY_ADDRESS);
        mount.post("/authenticate/verify", Access.anyone(), this::verify)
                .summary("Sign in with a passkey, or finish a login with it.")
                .accepts(Verify.class)
                .refuses(ErrorCode.INVALID_PASSKEY, ErrorCode.LOGIN_EXPIRED, ErrorCode.ACCOUNT_DISABLED)
                .answers(200, LoginAnswer.class)
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
        mount.post("/reauthenticate/options", Access.signedIn(), this::beginAgain)
                .summary("Options for navigator.credentials.get that ask whoever is signed in, good once.")
                .answers(200, AuthenticationStart.class)
                .limitedBy(LimitPolicy.PASSKEY_ADDRESS);
        mount.post("/reauthenticate/verify", Access.signedIn(), this::again)
                .summary("Prove by a passkey who is signed in, for changes that need that. Answers a new session.")
                .accepts(Again.class)
                .refuses(ErrorCode.INVALID_PASSKEY)
                .answers(200, SignInAnswer.class)
                .limitedBy(LimitPolicy.LOGIN, request -> request.user().user().value());
    }

    private Reply beginAgain(Request request) {
        return Reply.ok(passkeys.beginAgain(request.user(), request.context()));
    }

    private Reply again(Request request) {
        Again body = request.body(Again.class);
        Proof.Second proof = passkeys.again(request.user(), body.sessionId(), body.response(), request.context());
        return replies.reply(200, reauthentication.raise(request.user(), proof, request.context()));
    }

    private Reply begin(Request request) {
        Begin body = request.optionalBody(Begin.class).orElse(Begin.ALONE);
        return Reply.ok(passkeys.begin(body.mfaToken(), body.autofill().orElse(false), request.context()));
    }

    private Reply verify(Request request) {
        Verify body = request.body(Verify.class);
        boolean trust = body.trustDevice().orElse(false);
        LoginOutcome outcome = body.mfaToken().isPresent()
                ? passkeys.resume(body.mfaToken().get(), body.sessionId(), body.response(), trust, request.context())
                : passkeys.alone(body.sessionId(), body.response(), body.wish(), request.context());
        return replies.reply(outcome);
    }
}
