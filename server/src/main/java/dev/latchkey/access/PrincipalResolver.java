package dev.latchkey.access;

import dev.latchkey.change.ChangeLog;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Database;
import dev.latchkey.http.Authenticator;
import dev.latchkey.issuer.TokenVerifier;
import dev.latchkey.issuer.VerifiedToken;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserDirectory;

/** Resolves credentials. What a claim says of roles is never used: a change of roles takes effect at once. */
public final class PrincipalResolver implements Authenticator {
    private final TokenVerifier tokens;
    private final Revocations revocations;
    private final ChangeLog changes;
    private final Database database;
    private final SessionService sessions;
    private final UserDirectory users;

    public PrincipalResolver(
            TokenVerifier tokens,
            Revocations revocations,
            ChangeLog changes,
            Database database,
            SessionService sessions,
            UserDirectory users) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.changes = changes;
        this.database = database;
        this.sessions = sessions;
        this.users = users;
    }

    @Override
    public Principal bearer(String token, RequestContext context) {
        VerifiedToken verified = tokens.verify(token);
        // Before the look-up in memory, or a node that was cut off would accept what others have revoked.
        changes.requireFresh();
        if (revocations.isRevoked(verified.session(), verified.subject(), verified.epoch())) {
            throw Problem.of(ErrorCode.TOKEN_REVOKED);
        }
        User user = users.find(verified.subject())
                .filter(found -> found.isActive() && found.epoch() <= verified.epoch())
                .orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
        return new Principal.SignedIn(
                user.id(),
                verified.session(),
                CredentialKind.BEARER,
                verified.epoch(),
                verified.authentication(),
                user.roles(),
                verified.client(),
                user.profile().locale());
    }

    @Override
    public Principal session(String secret, boolean fromCookie, RequestContext context) {
        SessionMode mode = fromCookie ? SessionMode.COOKIE : SessionMode.SESSION;
        Session session = database.read(sql -> sessions.bySecret(sql, secret, mode))
                .orElseThrow(() -> Problem.of(ErrorCode.INVALID_SESSION));
        changes.requireFresh();
        User user = users.find(session.user())
                .filter(found -> found.isActive() && found.epoch() <= session.epoch())
                .orElseThrow(() -> Problem.of(ErrorCode.INVALID_SESSION));
        sessions.touch(session.id());
        return new Principal.SignedIn(
                user.id(),
                session.id(),
                fromCookie ? CredentialKind.COOKIE : CredentialKind.SESSION_HEADER,
                session.epoch(),
                session.authentication(),
                user.roles(),
                ClientId.FIRST_PARTY,
                user.profile().locale());
    }

    @Override
    public Principal apiKey(String key, RequestContext context) {
        throw Problem.of(ErrorCode.INVALID_TOKEN, "API keys are not issued by this version");
    }
}
