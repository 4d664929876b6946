package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Database;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.TrustedBrowser;
import java.time.Duration;
import java.util.List;

/**
 * The browsers that pass for a user's second factor. To forget one asks for no proof: it only makes the next login harder, and who
 * lost a device is in a hurry.
 */
public final class TrustedBrowserFlow {
    private final Duration most;
    private final Database database;
    private final KnownDevices devices;
    private final AuditService audit;

    /** @param most for how long a browser may pass; zero: none does */
    public TrustedBrowserFlow(Duration most, Database database, KnownDevices devices, AuditService audit) {
        this.most = most;
        this.database = database;
        this.devices = devices;
        this.audit = audit;
    }

    public List<TrustedBrowser> list(Principal.SignedIn principal, RequestContext context) {
        return database.read(sql -> devices.trustedBrowsers(sql, principal.user(), most, context));
    }

    /** @throws Problem NOT_FOUND for one that does not pass, or is another's */
    public void forget(Principal.SignedIn principal, String id, RequestContext context) {
        database.tx(tx -> {
            if (!devices.distrust(tx, principal.user(), id)) {
                throw Problem.of(ErrorCode.NOT_FOUND);
            }
            audit.record(tx, forgotten(principal, 1, context));
            return id;
        });
    }

    /** Forgets them all; nothing happens where there is none. */
    public void forgetAll(Principal.SignedIn principal, RequestContext context) {
        database.tx(tx -> {
            int count =
                    devices.trustedBrowsers(tx, principal.user(), most, context).size();
            devices.distrust(tx, principal.user());
            if (count > 0) {
                audit.record(tx, forgotten(principal, count, context));
            }
            return count;
        });
    }

    private static SecurityEvent forgotten(Principal.SignedIn principal, int count, RequestContext context) {
        return SecurityEvent.of(EventType.DEVICE_FORGOTTEN, context)
                .byUser(principal.user())
                .with(Detail.COUNT, Integer.toString(count));
    }
}
