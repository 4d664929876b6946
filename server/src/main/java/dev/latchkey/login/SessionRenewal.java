package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Tx;
import dev.latchkey.session.NewSession;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionService;
import dev.latchkey.session.SessionWish;
import dev.latchkey.user.UserService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Moves a session to a new id with a fresh {@code auth_time} and one proof more (OWASP ASVS 5.0 V7.2.4). */
final class SessionRenewal {
    private final UserService users;
    private final SessionService sessions;
    private final SignIn signIn;
    private final AuditService audit;

    SessionRenewal(UserService users, SessionService sessions, SignIn signIn, AuditService audit) {
        this.users = users;
        this.sessions = sessions;
        this.signIn = signIn;
        this.audit = audit;
    }

    /** Empty where the session ended meanwhile, or the user is not who they were. */
    Optional<SignedIn> renew(Tx tx, Principal.SignedIn principal, Factor proved, RequestContext context) {
        Optional<Session> old = sessions.find(tx, principal.session(), principal.user());
        // The user's row first, as everywhere; then whoever ends the old session may open the new one.
        if (old.isEmpty()
                || !users.guard(tx, principal.user(), principal.epoch())
                || !sessions.end(tx, principal.session(), principal.user())) {
            return Optional.empty();
        }
        audit.record(
                tx,
                SecurityEvent.of(EventType.SESSION_REVOKED, context)
                        .byUser(principal.user())
                        .with(Detail.SESSION, principal.session().value())
                        .with(Detail.REASON, "step_up"));
        Optional<SignedIn> opened = signIn.open(tx, wanted(old.get(), principal, proved), context);
        opened.ifPresent(signedIn -> audit.record(
                tx,
                SecurityEvent.of(EventType.REAUTHENTICATED, context)
                        .byUser(principal.user())
                        .with(Detail.SESSION, signedIn.session().id().value())
                        .with(Detail.METHOD, proved.method())));
        return opened;
    }

    /** What was proved before stays proved; together the proofs may be two factors. */
    private static NewSession wanted(Session old, Principal.SignedIn principal, Factor proved) {
        Set<Factor> all = EnumSet.of(proved);
        all.addAll(Factor.of(old.authentication().methods()));
        return new NewSession(
                principal.user(),
                principal.epoch(),
                Factor.references(all),
                new SessionWish(old.mode(), old.remembered()));
    }
}
