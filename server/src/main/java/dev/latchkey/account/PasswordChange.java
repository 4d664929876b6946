package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.http.Reply;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.password.PasswordService;
import dev.latchkey.session.NewSession;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A signed-in user sets another password: every session ends, the current one goes on under a new id. */
public final class PasswordChange {
    private record Current(User user, Session session, List<String> recent) {}

    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final SessionService sessions;
    private final NewPassword newPassword;
    private final ProveAgain proveAgain;
    private final RequireTwoFactors twoFactors;
    private final OpenSession openSession;
    private final AuditService audit;

    public PasswordChange(
            Database database,
            UserService users,
            PasswordService passwords,
            SessionService sessions,
            NewPassword newPassword,
            ProveAgain proveAgain,
            RequireTwoFactors twoFactors,
            OpenSession openSession,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.newPassword = newPassword;
        this.proveAgain = proveAgain;
        this.twoFactors = twoFactors;
        this.openSession = openSession;
        this.audit = audit;
    }

    /**
     * Whether the session proved what a change asks for beside the current password: two factors where there are two.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED
     */
    public void requireTwoFactors(Principal.SignedIn principal) {
        database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(PasswordChange::revoked);
            twoFactors.require(sql, user, principal);
            return user;
        });
    }

    /**
     * @throws Problem INVALID_CREDENTIALS for a wrong current password, REAUTHENTICATION_REQUIRED, VALIDATION_ERROR,
     *     TOKEN_REVOKED
     */
    public Reply change(Principal.SignedIn principal, String currentPassword, String password, RequestContext context) {
        // First: whoever is to prove more types the passwords once only.
        requireTwoFactors(principal);
        proveAgain.prove(principal, currentPassword, context);
        Current current = database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(PasswordChange::revoked);
            Session session = sessions.find(sql, principal.session(), user.id()).orElseThrow(PasswordChange::revoked);
            return new Current(user, session, passwords.recentHashes(sql, user.id(), passwords.policy()));
        });
        PasswordOwner owner = PasswordOwner.of(
                current.user().email(), current.user().profile().name());
        NewPassword.Accepted accepted = newPassword.accept("newPassword", password, owner, current.recent(), context);
        IntFunction<Reply> reply = database.tx(tx -> set(tx, principal, current, accepted, context));
        return reply.apply(200);
    }

    private IntFunction<Reply> set(
            Tx tx,
            Principal.SignedIn principal,
            Current current,
            NewPassword.Accepted accepted,
            RequestContext context) {
        if (!users.guard(tx, principal.user(), principal.epoch())) {
            throw revoked();
        }
        twoFactors.require(tx, current.user(), principal);
        // A session that was ended while the password was hashed does not come back as the new one.
        if (!sessions.end(tx, principal.session(), principal.user())) {
            throw revoked();
        }
        passwords.set(tx, principal.user(), accepted.hash());
        SecurityEvent event =
                SecurityEvent.of(EventType.PASSWORD_CHANGED, context).byUser(principal.user());
        newPassword.auditBreachCheck(tx, accepted, event);
        // Ends every session and raises the epoch, so the new session is opened under the epoch after it.
        audit.record(tx, event);
        long epoch = users.byId(tx, principal.user()).orElseThrow().epoch();
        NewSession wanted = current.session().again(epoch);
        Optional<IntFunction<Reply>> reply = openSession.open(tx, wanted, context);
        return reply.orElseThrow(PasswordChange::revoked);
    }

    private static Problem revoked() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
