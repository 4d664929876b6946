package dev.latchkey.mfa;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.Problem;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.passkey.AuthenticatorModel;
import dev.latchkey.passkey.Passkey;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.passkey.RegistrationStart;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What signed-in users call about their passkeys. */
public final class PasskeyRoutes {
    private static final int MAX_SESSION = 128;

    private final PasskeyFlow passkeys;

    /**
     * @param sessionId from the options
     * @param response what the browser answered, {@code RegistrationResponseJSON}; taken as {@code credential} too
     */
    record Register(String sessionId, RegistrationResponse response, Optional<String> name) {
        Register(
                @Nullable String sessionId,
                @JsonAlias("credential") @Nullable RegistrationResponse response,
                Optional<String> name) {
            Validation check = new Validation();
            this.sessionId = check.secret("sessionId", sessionId, MAX_SESSION);
            this.name = check.optionalText("name", name.orElse(null), Passkey.MAX_NAME);
            check.require(response != null, "response", "required", "Send what the browser answered.");
            check.done();
            this.response = response == null
                    ? new RegistrationResponse("-", null, null, null, Optional.empty(), Optional.empty())
                    : response;
        }

        @Override
        public String toString() {
            return "Register[redacted]";
        }
    }

    record Name(String name) {
        Name(@Nullable String name) {
            Validation check = new Validation();
            this.name = check.text("name", name, Passkey.MAX_NAME);
            check.done();
        }
    }

    /**
     * A passkey; times are ISO 8601 in UTC.
     *
     * @param description of its model, where the FIDO alliance's list names it; {@code icon} is a data URL
     * @param deviceType {@code singleDevice} or {@code multiDevice}
     * @param backupCodes shown once, with the account's first factor; absent otherwise
     */
    record View(
            String id,
            String name,
            String credentialID,
            String deviceType,
            boolean backedUp,
            List<String> transports,
            String aaguid,
            Optional<String> description,
            Optional<String> icon,
            String rpId,
            boolean userVerified,
            boolean refused,
            String createdAt,
            Optional<String> lastUsed,
            Optional<List<String>> backupCodes) {
        static View of(Passkey passkey, Optional<AuthenticatorModel> model, List<String> codes) {
            return new View(
                    passkey.id().value(),
                    passkey.name(),
                    passkey.credentialId(),
                    passkey.deviceBound() ? "singleDevice" : "multiDevice",
                    passkey.backedUp(),
                    passkey.transports(),
                    passkey.aaguid().toString(),
                    model.map(AuthenticatorModel::name),
                    model.flatMap(AuthenticatorModel::icon),
                    passkey.rpId(),
                    passkey.userVerified(),
                    passkey.cloneSuspectedAt().isPresent(),
                    passkey.createdAt().toString(),
                    passkey.lastUsedAt().map(Object::toString),
                    Optional.of(codes).filter(some -> !some.isEmpty()));
        }

        @Override
        public String toString() {
            return "View[" + id + "]";
        }
    }

    public PasskeyRoutes(PasskeyFlow passkeys) {
        this.passkeys = passkeys;
    }

    /** @param mount under {@code /api/v1/passkeys} */
    public void mount(Mount mount) {
        mount.post(
                        "/register/options",
                        Access.recent(),
                        request -> Reply.ok(passkeys.begin(PasskeyFlow.Owner.signedIn(request.user()))))
                .summary("Options for navigator.credentials.create, good once.")
                .refuses(ErrorCode.CONFLICT)
                .answers(200, RegistrationStart.Started.class)
                .limitedBy(LimitPolicy.MFA, PasskeyRoutes::userKey);
        mount.post("/register/verify", Access.recent(), this::register)
                .summary(
                        "Register what the browser made. Answers backup codes, this once, where it is the first factor.")
                .accepts(Register.class)
                .refuses(ErrorCode.PASSKEY_NOT_REGISTERED)
                .answers(201, View.class)
                .limitedBy(LimitPolicy.MFA, PasskeyRoutes::userKey);
        mount.get(
                        "",
                        Access.signedIn(),
                        request -> Reply.ok(passkeys.list(request.user()).stream()
                                .map(this::view)
                                .toList()))
                .summary("The passkeys of the signed-in user, oldest first.")
                .answers(200, View[].class);
        mount.patch("/{id}", Access.recent(), this::rename)
                .summary("Give a passkey another name.")
                .accepts(Name.class)
                .answers(204, Void.class);
        mount.delete("/{id}", Access.recent(), this::remove)
                .summary("Remove a passkey.")
                .refuses(ErrorCode.MFA_REQUIRED)
                .answers(204, Void.class);
    }

    private Reply register(Request request) {
        Register body = request.body(Register.class);
        PasskeyFlow.Owner owner = PasskeyFlow.Owner.signedIn(request.user());
        PasskeyFlow.Made made =
                passkeys.register(owner, body.sessionId(), body.response(), body.name(), request.context());
        return Reply.created(View.of(made.passkey(), passkeys.model(made.passkey()), made.backupCodes()));
    }

    private View view(Passkey passkey) {
        return View.of(passkey, passkeys.model(passkey), List.of());
    }

    private Reply rename(Request request) {
        passkeys.rename(
                request.user(), passkey(request), request.body(Name.class).name());
        return Reply.noContent();
    }

    private Reply remove(Request request) {
        passkeys.remove(request.user(), passkey(request), request.context());
        return Reply.noContent();
    }

    private static PasskeyId passkey(Request request) {
        return PasskeyId.parse(request.path("id")).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    private static String userKey(Request request) {
        return request.user().user().value();
    }
}
