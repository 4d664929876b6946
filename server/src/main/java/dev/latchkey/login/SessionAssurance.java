package dev.latchkey.login;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.Principal;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.grant.RefreshService;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a session has proved by now, which may be more than its access tokens say. */
public final class SessionAssurance {
    private final SessionService sessions;
    private final RefreshService refresh;

    public SessionAssurance(SessionService sessions, RefreshService refresh) {
        this.sessions = sessions;
        this.refresh = refresh;
    }

    /** Empty where the session has ended. */
    public Optional<Authentication> of(Sql sql, Principal.SignedIn principal) {
        return sessions.find(sql, principal.session(), principal.user()).map(Session::authentication);
    }

    /**
     * Adds a proof that its user gave inside the session, by setting the factor up. The next access token says so; the session
     * keeps its id, for it is its owner who made it stronger, and its time, for nothing was proved that was there before.
     */
    public void proved(Tx tx, Principal.SignedIn principal, Factor factor) {
        of(tx, principal).ifPresent(before -> {
            Set<Factor> all = EnumSet.of(factor);
            all.addAll(Factor.of(before.methods()));
            Set<String> methods = Factor.references(all);
            sessions.proved(tx, principal.session(), principal.user(), methods);
            refresh.proved(tx, principal.session(), methods);
        });
    }
}
