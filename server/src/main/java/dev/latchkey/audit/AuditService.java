package dev.latchkey.audit;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Tx;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes the audit trail. The only way into it. */
public final class AuditService {
    private final Secrets secrets;
    private final Sealer sealer;
    private final PersonalDataSealer personal;
    private final Consequences consequences;
    private final Consumer<EventType> recorded;
    private final AuditEventStore store = new AuditEventStore();

    /** @param recorded told after each commit what was recorded: the background sealer has a row to cover, metrics one to count */
    public AuditService(
            Secrets secrets, Sealer sealer, UserSalts salts, Consequences consequences, Consumer<EventType> recorded) {
        this.secrets = secrets;
        this.sealer = sealer;
        this.personal = new PersonalDataSealer(sealer, salts);
        this.consequences = consequences;
        this.recorded = recorded;
    }

    /** Writes the event's row and lets its consequences follow, all in the caller's transaction. */
    public void record(Tx tx, SecurityEvent event) {
        store.insert(tx, row(tx, personal, event));
        tx.afterCommit(() -> recorded.accept(event.type()));
        if (event.type().raisesConsequences()) {
            consequences.apply(tx, event);
        }
    }

    /**
     * Writes many events of types that nothing follows from, in few statements.
     *
     * @param salts the salt of each user concerned
     */
    public void recordAll(Tx tx, List<SecurityEvent> events, Function<UserId, Optional<byte[]>> salts) {
        if (events.isEmpty()) {
            return;
        }
        if (events.stream().anyMatch(event -> event.type().raisesConsequences())) {
            throw new IllegalArgumentException("events with consequences are recorded one by one");
        }
        PersonalDataSealer known = new PersonalDataSealer(sealer, (sql, user) -> salts.apply(user));
        store.insertAll(tx, events.stream().map(event -> row(tx, known, event)).toList());
        tx.afterCommit(() -> events.forEach(event -> recorded.accept(event.type())));
    }

    private StoredEvent row(Tx tx, PersonalDataSealer sealing, SecurityEvent event) {
        String id = secrets.uuid();
        PersonalDataSealer.Sealed sealed = sealing.seal(tx, id, event);
        return new StoredEvent(
                id,
                event.tenant().value(),
                Optional.empty(),
                event.type().eventName(),
                EventTime.of(id),
                event.outcome().text(),
                event.user().map(Object::toString),
                event.actor().kind(),
                event.actor().id(),
                event.requestId(),
                sealed.sealing().text(),
                sealed.blob(),
                OptionalLong.empty());
    }

    /**
     * What the trail holds of a login name that belongs to nobody: the same name gives the same text, but nobody can read the
     * name, often a mistyped password, from it.
     *
     * @param name folded
     */
    public String nameHash(TenantId tenant, String name) {
        return sealer.keyedHash("audit-name", tenant.value() + '|' + name);
    }
}
