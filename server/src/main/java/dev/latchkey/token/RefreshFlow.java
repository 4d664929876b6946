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
import dev.latchkey.user.TokenSubject;
import dev.latchkey.user.UserService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Exchanges a refresh token for the next pair. */
public final class RefreshFlow {
    private final SharedTransactions<Asked, Outcome> transactions;
    private final RefreshService refresh;
    private final SessionService sessions;
    private final UserService users;
    private final TokenIssuer issuer;
    private final Duration lifetime;
    private final AuditService audit;

    private record Asked(Presented presented, RequestContext context) {}

    /** @param roles of the user, where the token was exchanged */
    private record Outcome(Rotation rotation, Set<String> roles) {}

    /** @param lifetime of an access token */
    public RefreshFlow(
            Database database,
            RefreshService refresh,
            SessionService sessions,
            UserService users,
            TokenIssuer issuer,
            Duration lifetime,
            AuditService audit) {
        this.transactions = new SharedTransactions<>(
                database, asked -> RefreshService.limitKey(asked.presented().token()), this::rotateAll);
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
        Outcome outcome = transactions.run(new Asked(new Presented(refreshToken, device(context)), context));
        return switch (outcome.rotation()) {
            case Rotation.Rotated rotated -> answer(rotated, outcome.roles());
            case Rotation.Reused ignored -> throw Problem.of(ErrorCode.TOKEN_REUSE_DETECTED);
            case Rotation.Ended ignored -> throw Problem.of(ErrorCode.TOKEN_REVOKED);
            case Rotation.Expired ignored -> throw Problem.of(ErrorCode.TOKEN_EXPIRED);
            case Rotation.Unknown ignored -> throw Problem.of(ErrorCode.INVALID_TOKEN);
        };
    }

    private List<Outcome> rotateAll(Tx tx, List<Asked> all) {
        List<Rotation> asRotated =
                refresh.rotateAll(tx, all.stream().map(Asked::presented).toList());
        Map<UserId, TokenSubject> subjects = users.tokenSubjects(tx, rotatedUsers(asRotated));
        List<Rotation> rotations = endedWithTheirUsers(asRotated, subjects.keySet());
        record(tx, all, rotations, subjects);
        return rotations.stream()
                .map(rotation -> new Outcome(rotation, roles(rotation, subjects)))
                .toList();
    }

    private static Set<UserId> rotatedUsers(List<Rotation> rotations) {
        Set<UserId> users = new HashSet<>();
        for (Rotation rotation : rotations) {
            if (rotation instanceof Rotation.Rotated rotated) {
                users.add(rotated.family().user());
            }
        }
        return users;
    }

    /**
     * A family goes with its user, who therefore cannot go while it is rotated. An answer that is repeated within the grace
     * period only reads the family: the user may be gone with it by now.
     */
    static List<Rotation> endedWithTheirUsers(List<Rotation> rotations, Set<UserId> present) {
        return rotations.stream()
                .map(rotation -> rotation instanceof Rotation.Rotated rotated
                                && !present.contains(rotated.family().user())
                        ? new Rotation.Ended(rotated.family())
                        : rotation)
                .toList();
    }

    private static Set<String> roles(Rotation rotation, Map<UserId, TokenSubject> subjects) {
        return rotation instanceof Rotation.Rotated rotated
                ? Objects.requireNonNull(subjects.get(rotated.family().user())).roles()
                : Set.of();
    }

    private void record(Tx tx, List<Asked> all, List<Rotation> rotations, Map<UserId, TokenSubject> subjects) {
        List<SecurityEvent> refreshed = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            RequestContext context = all.get(i).context();
            switch (rotations.get(i)) {
                case Rotation.Rotated rotated ->
                    refreshed.add(event(EventType.TOKEN_REFRESHED, rotated.family(), context));
                case Rotation.Reused reused ->
                    audit.record(tx, event(EventType.REFRESH_REUSE_DETECTED, reused.family(), context));
                case Rotation.Ended ignored -> {}
                case Rotation.Expired ignored -> {}
                case Rotation.Unknown ignored -> {}
            }
        }
        audit.recordAll(
                tx, refreshed, user -> Optional.ofNullable(subjects.get(user)).map(TokenSubject::salt));
    }

    /** The browser's mark where there is one; a program is told apart by its user agent only. */
    private static String device(RequestContext context) {
        return context.device().orElse("") + '|' + context.userAgent();
    }

    private TokenAnswer answer(Rotation.Rotated rotated, Set<String> roles) {
        RefreshFamily family = rotated.family();
        MintedToken access = issuer.access(new AccessClaims(
                family.user(),
                family.session(),
                family.epoch(),
                family.client(),
                family.scope(),
                roles,
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
