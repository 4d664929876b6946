package dev.latchkey.token;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.grant.RefreshFamily;
import dev.latchkey.grant.RefreshService;
import dev.latchkey.grant.Rotation;
import dev.latchkey.grant.TokenAnswer;
import dev.latchkey.issuer.AccessClaims;
import dev.latchkey.issuer.MintedToken;
import dev.latchkey.issuer.TokenIssuer;
import dev.latchkey.session.SessionService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserDirectory;
import java.time.Duration;

/** Exchanges a refresh token for the next pair. */
public final class RefreshFlow {
    private final Database database;
    private final RefreshService refresh;
    private final SessionService sessions;
    private final UserDirectory users;
    private final TokenIssuer issuer;
    private final Duration lifetime;
    private final AuditService audit;

    /** @param lifetime of an access token */
    public RefreshFlow(
            Database database,
            RefreshService refresh,
            SessionService sessions,
            UserDirectory users,
            TokenIssuer issuer,
            Duration lifetime,
            AuditService audit) {
        this.database = database;
        this.refresh = refresh;
        this.sessions = sessions;
        this.users = users;
        this.issuer = issuer;
        this.lifetime = lifetime;
        this.audit = audit;
    }

    /**
     * A token works once.
     *
     * @throws Problem INVALID_TOKEN, TOKEN_EXPIRED, TOKEN_REVOKED, TOKEN_REUSE_DETECTED
     */
    public TokenAnswer refresh(String refreshToken, RequestContext context) {
        Rotation rotation = database.tx(tx -> rotate(tx, refreshToken, context));
        return switch (rotation) {
            case Rotation.Rotated rotated -> answer(rotated);
            case Rotation.Reused ignored -> throw Problem.of(ErrorCode.TOKEN_REUSE_DETECTED);
            case Rotation.Ended ignored -> throw Problem.of(ErrorCode.TOKEN_REVOKED);
            case Rotation.Expired ignored -> throw Problem.of(ErrorCode.TOKEN_EXPIRED);
            case Rotation.Unknown ignored -> throw Problem.of(ErrorCode.INVALID_TOKEN);
        };
    }

    private Rotation rotate(Tx tx, String refreshToken, RequestContext context) {
        Rotation rotation = refresh.rotate(tx, refreshToken, device(context));
        switch (rotation) {
            case Rotation.Rotated rotated ->
                audit.record(tx, event(EventType.TOKEN_REFRESHED, rotated.family(), context));
            case Rotation.Reused reused ->
                audit.record(tx, event(EventType.REFRESH_REUSE_DETECTED, reused.family(), context));
            case Rotation.Ended ignored -> {}
            case Rotation.Expired ignored -> {}
            case Rotation.Unknown ignored -> {}
        }
        return rotation;
    }

    /** The browser's mark where there is one; a program is told apart by its user agent only. */
    private static String device(RequestContext context) {
        return context.device().orElse("") + '|' + context.userAgent();
    }

    private TokenAnswer answer(Rotation.Rotated rotated) {
        RefreshFamily family = rotated.family();
        User user = users.find(family.user()).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
        MintedToken access = issuer.access(new AccessClaims(
                family.user(),
                family.session(),
                family.epoch(),
                family.client(),
                family.scope(),
                user.roles(),
                family.authentication()));
        sessions.touch(family.session());
        return TokenAnswer.of(access.token(), rotated.refreshToken(), lifetime);
    }

    private static SecurityEvent event(EventType type, RefreshFamily family, RequestContext context) {
        UserId user = family.user();
        SecurityEvent event = SecurityEvent.of(type, context)
                .about(user)
                .with(Detail.SESSION, family.session().value());
        // Whoever repeats a spent token may be a thief, so only a rotation is the user's own act.
        return type == EventType.TOKEN_REFRESHED ? event.byUser(user) : event;
    }
}
