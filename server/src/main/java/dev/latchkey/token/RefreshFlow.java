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
import dev.latchkey.db.SharedTransactions;
import dev.latchkey.db.Tx;
import dev.latchkey.grant.Presented;
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
import dev.latchkey.user.UserService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Exchanges a refresh token for the next pair. */
public final class RefreshFlow {
    private final SharedTransactions<Asked, Rotation> transactions;
    private final RefreshService refresh;
    private final SessionService sessions;
    private final UserService users;
    private final UserDirectory directory;
    private final TokenIssuer issuer;
    private final Duration lifetime;
    private final AuditService audit;

    private record Asked(Presented presented, RequestContext context) {}

    /** @param lifetime of an access token */
    public RefreshFlow(
            Database database,
            RefreshService refresh,
            SessionService sessions,
            UserService users,
            UserDirectory directory,
            TokenIssuer issuer,
            Duration lifetime,
            AuditService audit) {
        this.transactions = new SharedTransactions<>(
                database, asked -> RefreshService.limitKey(asked.presented().token()), this::rotateAll);
        this.refresh = refresh;
        this.sessions = sessions;
        this.users = users;
        this.directory = directory;
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
        Rotation rotation = transactions.run(new Asked(new Presented(refreshToken, device(context)), context));
        return switch (rotation) {
            case Rotation.Rotated rotated -> answer(rotated);
            case Rotation.Reused ignored -> throw Problem.of(ErrorCode.TOKEN_REUSE_DETECTED);
            case Rotation.Ended ignored -> throw Problem.of(ErrorCode.TOKEN_REVOKED);
            case Rotation.Expired ignored -> throw Problem.of(ErrorCode.TOKEN_EXPIRED);
            case Rotation.Unknown ignored -> throw Problem.of(ErrorCode.INVALID_TOKEN);
        };
    }

    private List<Rotation> rotateAll(Tx tx, List<Asked> all) {
        List<Rotation> rotations =
                refresh.rotateAll(tx, all.stream().map(Asked::presented).toList());
        List<SecurityEvent> refreshed = new ArrayList<>();
        Set<UserId> concerned = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            RequestContext context = all.get(i).context();
            switch (rotations.get(i)) {
                case Rotation.Rotated rotated -> {
                    refreshed.add(event(EventType.TOKEN_REFRESHED, rotated.family(), context));
                    concerned.add(rotated.family().user());
                }
                case Rotation.Reused reused ->
                    audit.record(tx, event(EventType.REFRESH_REUSE_DETECTED, reused.family(), context));
                case Rotation.Ended ignored -> {}
                case Rotation.Expired ignored -> {}
                case Rotation.Unknown ignored -> {}
            }
        }
        if (refreshed.size() == 1) {
            audit.record(tx, refreshed.getFirst());
        } else if (!refreshed.isEmpty()) {
            audit.recordAll(tx, refreshed, users.salts(tx, concerned));
        }
        return rotations;
    }

    /** The browser's mark where there is one; a program is told apart by its user agent only. */
    private static String device(RequestContext context) {
        return context.device().orElse("") + '|' + context.userAgent();
    }

    private TokenAnswer answer(Rotation.Rotated rotated) {
        RefreshFamily family = rotated.family();
        User user = directory.find(family.user()).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
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
