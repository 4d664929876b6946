package dev.latchkey.lifecycle;

import dev.latchkey.change.Change;
import dev.latchkey.change.ChangeLog;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.grant.RefreshService;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.session.SessionService;
import dev.latchkey.user.UserDirectory;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/** Ends what a user holds, and tells every node. */
public final class Endings {
    /** The kind of the change rows that name an ended session. */
    public static final String SESSION_ENDED = "session";

    private final UserService users;
    private final SessionService sessions;
    private final RefreshService refresh;
    private final LinkService links;
    private final ChangeLog changes;
    private final Outbox outbox;
    private final Duration tokenLifetime;
    private final Clock clock;

    /** @param tokenLifetime how long an access token may still be presented: its lifetime and the accepted clock skew */
    public Endings(
            UserService users,
            SessionService sessions,
            RefreshService refresh,
            LinkService links,
            ChangeLog changes,
            Outbox outbox,
            Duration tokenLifetime,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.refresh = refresh;
        this.links = links;
        this.changes = changes;
        this.outbox = outbox;
        this.tokenLifetime = tokenLifetime;
        this.clock = clock;
    }

    /** Ends one session with its refresh family and its access tokens. */
    void session(Tx tx, TenantId tenant, UserId user, SessionId session, String reason) {
        sessions.end(tx, session, user);
        refresh.endOfSession(tx, session, user, reason);
        announceSession(tx, tenant, session, user);
    }

    /** Ends every session of the user; the epoch stays. */
    void sessions(Tx tx, TenantId tenant, UserId user, String reason) {
        sessions.endAll(tx, user).forEach(session -> announceSession(tx, tenant, session, user));
        refresh.endOfUser(tx, user, reason);
    }

    /** Raises the epoch and ends all that was made under the old one. Answers the new epoch; empty where the user is gone. */
    OptionalLong everything(Tx tx, TenantId tenant, UserId user, String reason) {
        OptionalLong epoch = users.raiseEpoch(tx, user);
        sessions.endAll(tx, user);
        refresh.endOfUser(tx, user, reason);
        links.voidUnfinished(tx, user);
        announceUser(tx, tenant, user, epoch.orElse(Long.MAX_VALUE));
        return epoch;
    }

    /**
     * Ends everything that anybody may hold, whoever made it and in whatever epoch: for a database that was set back, which knows
     * nothing of what was revoked, spent or rotated since. No node may be running: none is told.
     */
    void ofEverybody(Tx tx, String reason) {
        users.raiseAllEpochs(tx);
        sessions.endEverybodys(tx);
        refresh.endEverybodys(tx, reason);
        links.voidEverybodys(tx);
        outbox.discardQueued(tx);
    }

    /** Voids the links that other addresses or unfinished changes were sent. */
    void links(Tx tx, UserId user) {
        links.voidUnfinished(tx, user);
    }

    /** Voids what a recovery that is over was mailed. */
    void recoveryLinks(Tx tx, UserId user) {
        links.voidKind(tx, user, LinkKind.RECOVERY);
    }

    void announceUser(Tx tx, TenantId tenant, UserId user, long epoch) {
        append(tx, tenant, UserDirectory.CHANGE, user.value(), Long.toString(epoch));
    }

    private void announceSession(Tx tx, TenantId tenant, SessionId session, UserId user) {
        append(tx, tenant, SESSION_ENDED, session.value(), user.value());
    }

    private void append(Tx tx, TenantId tenant, String kind, String subject, String value) {
        changes.append(
                tx, new Change(tenant, kind, subject, value, clock.instant().plus(tokenLifetime)));
    }
}
