package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.db.Database;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionService;
import dev.latchkey.user.UserService;
import java.util.List;

/** A user's own sessions: see them, end one, all others or all, log out. */
public final class SessionsFlow {
    private final Database database;
    private final UserService users;
    private final SessionService sessions;
    private final KnownDevices devices;
    private final AuditService audit;

    public SessionsFlow(
            Database database, UserService users, SessionService sessions, KnownDevices devices, AuditService audit) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.devices = devices;
        this.audit = audit;
    }

    public List<Session> list(Principal.SignedIn principal) {
        return database.read(sql -> sessions.list(sql, principal.user()));
    }

    /** @throws Problem NOT_FOUND for a session that is over or another's */
    public void revoke(Principal.SignedIn principal, SessionId session, RequestContext context) {
        database.tx(tx -> {
            if (sessions.find(tx, session, principal.user()).isEmpty()) {
                throw Problem.of(ErrorCode.NOT_FOUND);
            }
            audit.record(tx, revoked(principal, session, context));
            return session;
        });
    }

    /**
     * Ends every session but the caller's. Of the browsers that pass for the second factor, the caller's alone goes on passing.
     *
     * @throws Problem TOKEN_REVOKED where the caller's own session is over
     */
    public void revokeOthers(Principal.SignedIn principal, RequestContext context) {
        database.tx(tx -> {
            // First: it locks the row that whoever opens a session locks, so none slips in behind the list.
            if (!users.guard(tx, principal.user(), principal.epoch())
                    || sessions.find(tx, principal.session(), principal.user()).isEmpty()) {
                throw Problem.of(ErrorCode.TOKEN_REVOKED);
            }
            sessions.list(tx, principal.user()).stream()
                    .map(Session::id)
                    .filter(session -> !session.equals(principal.session()))
                    .forEach(session -> audit.record(tx, revoked(principal, session, context)));
            devices.distrustOthers(tx, principal.user(), context);
            return principal;
        });
    }

    private static SecurityEvent revoked(Principal.SignedIn principal, SessionId session, RequestContext context) {
        return SecurityEvent.of(EventType.SESSION_REVOKED, context)
                .byUser(principal.user())
                .with(Detail.SESSION, session.value())
                .with(Detail.REASON, "by_user");
    }

    public void logout(Principal.SignedIn principal, boolean everywhere, RequestContext context) {
        EventType type = everywhere ? EventType.LOGGED_OUT_EVERYWHERE : EventType.LOGGED_OUT;
        database.tx(tx -> {
            audit.record(
                    tx,
                    SecurityEvent.of(type, context)
                            .byUser(principal.user())
                            .with(Detail.SESSION, principal.session().value()));
            return type;
        });
    }
}
