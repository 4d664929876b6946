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
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionService;
import java.util.List;

/** A user's own sessions: see them, end one, end all, log out. */
public final class SessionsFlow {
    private final Database database;
    private final SessionService sessions;
    private final AuditService audit;

    public SessionsFlow(Database database, SessionService sessions, AuditService audit) {
        this.database = database;
        this.sessions = sessions;
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
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.SESSION_REVOKED, context)
                            .byUser(principal.user())
                            .with(Detail.SESSION, session.value())
                            .with(Detail.REASON, "by_user"));
            return session;
        });
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
