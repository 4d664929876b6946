package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.change.Change;
import dev.latchkey.change.ChangeLog;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Tx;
import dev.latchkey.key.KeyState;
import java.time.Clock;
import java.time.Duration;

/** What follows from a change of keys: every node hears of it, and the audit trail has it. */
final class KeyEvents {
    /** The kind of the change rows that name a signing key. */
    static final String KEY_CHANGED = "key";

    /** The kind of the change rows that name the master key in force. */
    static final String MASTER_KEY_CHANGED = "master-key";

    private static final Duration ANNOUNCED = Duration.ofDays(1);

    private final ChangeLog changes;
    private final AuditService audit;
    private final Clock clock;

    KeyEvents(ChangeLog changes, AuditService audit, Clock clock) {
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    void changed(Tx tx, TenantId tenant, String kid, KeyState state) {
        announce(tx, tenant, kid, state);
        EventType type = switch (state) {
            case NEXT -> EventType.SIGNING_KEY_CREATED;
            case ACTIVE -> EventType.SIGNING_KEY_ACTIVATED;
            case RETIRED, REVOKED -> EventType.SIGNING_KEY_RETIRED;
        };
        audit.record(tx, SecurityEvent.of(type, tenant, Actor.server("keys")).with(Detail.KEY, kid));
    }

    void imported(Tx tx, TenantId tenant, String kid, KeyState state) {
        announce(tx, tenant, kid, state);
        audit.record(
                tx,
                UserAdministration.byOperator(EventType.SIGNING_KEY_IMPORTED).with(Detail.KEY, kid));
    }

    private void announce(Tx tx, TenantId tenant, String kid, KeyState state) {
        changes.append(
                tx,
                new Change(
                        tenant, KEY_CHANGED, kid, state.name(), clock.instant().plus(ANNOUNCED)));
    }

    void masterKeyChanged(Tx tx, String keyId) {
        changes.append(
                tx,
                new Change(
                        TenantId.MAIN,
                        MASTER_KEY_CHANGED,
                        keyId,
                        "",
                        clock.instant().plus(ANNOUNCED)));
        audit.record(
                tx, UserAdministration.byOperator(EventType.MASTER_KEY_CHANGED).with(Detail.KEY, keyId));
    }
}
