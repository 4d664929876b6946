package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Database;
import dev.latchkey.passkey.AuthenticationCheck;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.AuthenticationStart;
import dev.latchkey.passkey.AuthenticationWish;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.session.SessionWish;
import java.util.Optional;

/** Signs in with a passkey: alone, whoever it is, or as what a login that waits asks for. */
public final class PasskeyLogin {
    private static final String BINDING = "login-attempt-binding";
    private static final String AGAIN_BINDING = "reauthentication-binding";

    private final Database database;
    private final PasskeyService passkeys;
    private final LoginFlow login;
    private final AuditService audit;

    public PasskeyLogin(Database database, PasskeyService passkeys, LoginFlow login, AuditService audit) {
        this.database = database;
        this.passkeys = passkeys;
        this.login = login;
        this.audit = audit;
    }

    /**
     * Begins a ceremony.
     *
     * @param handle of a login that waits; empty lets the passkey tell who it is
     * @param autofill whether the browser offers passkeys beside the form's fields
     * @throws Problem NOT_FOUND where passkeys cannot be used, LOGIN_EXPIRED
     */
    public AuthenticationStart begin(Optional<String> handle, boolean autofill, RequestContext context) {
        requireAvailable();
        Optional<UserId> user =
                handle.map(secret -> login.attempt(secret).user().orElseThrow());
        AuthenticationWish wish = user.map(id -> AuthenticationWish.secondFactor(context.tenant(), id, binding(handle)))
                .orElseGet(() -> AuthenticationWish.anyone(context.tenant(), autofill, ""));
        return passkeys.beginAuthentication(wish);
    }

    /** @throws Problem INVALID_PASSKEY for every reason; the audit has the reason */
    public LoginOutcome alone(
            String sessionId, AuthenticationResponse answer, SessionWish wish, RequestContext context) {
        return login.login(verified(sessionId, "", answer, context), Optional.empty(), wish, context);
    }

    /** @throws Problem INVALID_PASSKEY, LOGIN_EXPIRED */
    public LoginOutcome resume(
            String handle, String sessionId, AuthenticationResponse answer, boolean trust, RequestContext context) {
        login.attempt(handle);
        Proof.Passkey proof = verified(sessionId, binding(Optional.of(handle)), answer, context);
        return login.resume(handle, proof, trust, context);
    }

    /**
     * Begins a ceremony in which a signed-in user proves once more who they are.
     *
     * @throws Problem NOT_FOUND where passkeys cannot be used
     */
    public AuthenticationStart beginAgain(Principal.SignedIn principal, RequestContext context) {
        requireAvailable();
        return passkeys.beginAuthentication(
                AuthenticationWish.secondFactor(context.tenant(), principal.user(), binding(principal)));
    }

    /**
     * The proof of that, for {@link Reauthentication}.
     *
     * @throws Problem INVALID_PASSKEY for every reason; the audit has the reason
     */
    public Proof.Second again(
            Principal.SignedIn principal, String sessionId, AuthenticationResponse answer, RequestContext context) {
        return verified(sessionId, binding(principal), answer, EventType.REAUTHENTICATION_FAILED, context);
    }

    private void requireAvailable() {
        if (!passkeys.available()) {
            throw Problem.of(ErrorCode.NOT_FOUND)
                    .message("no_passkeys_here", "Passkeys cannot be used at this address.");
        }
    }

    private Proof.Passkey verified(
            String sessionId, String binding, AuthenticationResponse answer, RequestContext context) {
        return verified(sessionId, binding, answer, EventType.LOGIN_FAILED, context);
    }

    private Proof.Passkey verified(
            String sessionId,
            String binding,
            AuthenticationResponse answer,
            EventType failure,
            RequestContext context) {
        return switch (passkeys.verifyAuthentication(context.tenant(), sessionId, binding, answer)) {
            case AuthenticationCheck.Verified verified -> new Proof.Passkey(verified.passkey());
            case AuthenticationCheck.Refused refused -> throw refused(refused, failure, context);
        };
    }

    private Problem refused(AuthenticationCheck.Refused refused, EventType failure, RequestContext context) {
        SecurityEvent event = SecurityEvent.of(failure, context)
                .with(Detail.REASON, "passkey:" + refused.refusal().reason());
        SecurityEvent about = refused.user().map(event::about).orElse(event);
        database.tx(tx -> {
            audit.record(tx, about);
            return about;
        });
        return Problem.of(
                ErrorCode.INVALID_PASSKEY, "refused: " + refused.refusal().reason());
    }

    private static String binding(Principal.SignedIn principal) {
        return TokenHash.of(AGAIN_BINDING, principal.session().value());
    }

    private static String binding(Optional<String> handle) {
        return handle.map(secret -> TokenHash.of(BINDING, secret)).orElse("");
    }
}
