package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.grant.GrantConfig;
import dev.latchkey.grant.RefreshFamily;
import dev.latchkey.grant.RefreshService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.NewSession;
import dev.latchkey.session.OpenedSession;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionService;
import dev.latchkey.session.SessionWish;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Opens sessions. Nothing else does. */
public final class SignIn {
    private static final Duration ABSOLUTE = Duration.ofSeconds(Long.MAX_VALUE);

    private final UserService users;
    private final SessionService sessions;
    private final KnownDevices devices;
    private final RefreshService refresh;
    private final GrantConfig grants;
    private final AuditService audit;

    public SignIn(
            UserService users,
            SessionService sessions,
            KnownDevices devices,
            RefreshService refresh,
            GrantConfig grants,
            AuditService audit) {
        this.users = users;
        this.sessions = sessions;
        this.devices = devices;
        this.refresh = refresh;
        this.grants = grants;
        this.audit = audit;
    }

    /**
     * Opens a session, its refresh family where the client wants tokens, and ends what is over the user's limit.
     *
     * @return empty where the user is gone, not active, or not in this epoch any more
     */
    public Optional<SignedIn> open(Tx tx, NewSession wanted, RequestContext context) {
        // First: it locks the row that the limit of sessions is counted under.
        if (!users.guard(tx, wanted.user(), wanted.epoch())) {
            return Optional.empty();
        }
        User user = users.byId(tx, wanted.user()).orElseThrow();
        return Optional.of(open(tx, user, wanted, context));
    }

    /** The same for a caller that has guarded the user in this transaction. */
    SignedIn open(Tx tx, User user, NewSession wanted, RequestContext context) {
        UserId id = user.id();
        KnownDevices.Sighting device = devices.seen(tx, id, context);
        if (device instanceof KnownDevices.Sighting.New seen && !seen.firstEver()) {
            audit.record(
                    tx, SecurityEvent.of(EventType.NEW_DEVICE_SEEN, context).byUser(id));
        }
        OpenedSession opened = sessions.open(tx, wanted, lifetime(wanted.wish()), context);
        opened.surplus()
                .forEach(surplus -> audit.record(
                        tx,
                        SecurityEvent.of(EventType.SESSION_REVOKED, context)
                                .byUser(id)
                                .with(Detail.SESSION, surplus.value())
                                .with(Detail.REASON, "too_many_sessions")));
        Optional<String> token = wanted.wish().mode() == SessionMode.TOKEN
                ? Optional.of(refresh.start(tx, context.tenant(), family(opened.session())))
                : Optional.empty();
        return new SignedIn(user, opened.session(), opened.secret(), token, device);
    }

    /** Whether the login that waited under this hash has its session. The caller has locked the user's row. */
    boolean opened(Tx tx, UserId user, String login) {
        return sessions.openedBy(tx, user, login);
    }

    private Duration lifetime(SessionWish wish) {
        // A session of tokens lives as long as its family; one with a secret as long as it is used, up to the absolute
        // end.
        return switch (wish.mode()) {
            case TOKEN -> grants.lifetime(wish.remember());
            case COOKIE, SESSION -> ABSOLUTE;
        };
    }

    private static RefreshFamily family(Session session) {
        return new RefreshFamily(
                session.user(),
                session.id(),
                ClientId.FIRST_PARTY,
                Set.of(),
                session.epoch(),
                session.authentication(),
                session.expiresAt());
    }
}
