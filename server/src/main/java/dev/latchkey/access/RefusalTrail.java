package dev.latchkey.access;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.LimitHits;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Database;
import dev.latchkey.http.Refusals;
import dev.latchkey.limit.LimitPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts refused access on record (OWASP ASVS 5.0 V16.3.2). Whoever repeats a refused call fills no table: a caller and route are
 * written once a minute, and only so many pairs of them.
 */
public final class RefusalTrail implements Refusals {
    private static final Logger LOG = System.getLogger(RefusalTrail.class.getName());
    private static final int PAIRS_PER_MINUTE = 200;

    private record Pair(String caller, String route) {}

    private final Database database;
    private final AuditService audit;
    private final LimitHits limitHits;
    private final Clock clock;
    private final Set<Pair> written = new HashSet<>();
    private Instant minute = Instant.MIN;

    public RefusalTrail(Database database, AuditService audit, LimitHits limitHits, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.limitHits = limitHits;
        this.clock = clock;
    }

    @Override
    public void limited(RequestContext context, LimitPolicy policy, String key) {
        limitHits.hit(context.tenant(), policy, key);
    }

    @Override
    public void forbidden(RequestContext context, Principal.SignedIn user, String route) {
        if (isDue(new Pair(user.user().value(), route))) {
            write(SecurityEvent.of(EventType.ACCESS_REFUSED, context)
                    .byUser(user.user())
                    .with(Detail.REASON, "role")
                    .with("route", route));
        }
    }

    @Override
    public void wrongPlace(RequestContext context, String route) {
        if (isDue(new Pair(context.address().limitKey(), route))) {
            write(SecurityEvent.of(EventType.ADMIN_ADDRESS_REFUSED, context)
                    .with(Detail.REASON, "address")
                    .with("route", route));
        }
    }

    private synchronized boolean isDue(Pair pair) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!now.equals(minute)) {
            minute = now;
            written.clear();
        }
        return written.size() < PAIRS_PER_MINUTE && written.add(pair);
    }

    private void write(SecurityEvent event) {
        try {
            database.tx(tx -> {
                audit.record(tx, event);
                return event;
            });
        } catch (RuntimeException failed) {
            // The refusal stands either way; it must not turn into an error of the server.
            LOG.log(Level.WARNING, "A refused access could not be put on record", failed);
        }
    }
}
