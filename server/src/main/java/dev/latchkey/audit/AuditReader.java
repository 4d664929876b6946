package dev.latchkey.audit;

import dev.latchkey.core.EventId;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.SealBrokenException;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the trail, for administrators and for a user's own history. */
public final class AuditReader {
    private static final String ABOVE_ALL = "g";

    private final Database database;
    private final Sealer sealer;
    private final UserSalts salts;
    private final AuditEventStore store = new AuditEventStore();

    public AuditReader(Database database, Sealer sealer, UserSalts salts) {
        this.database = database;
        this.sealer = sealer;
        this.salts = salts;
    }

    /**
     * Events newest first.
     *
     * @param cursor the {@link AuditPage#next} of the page before
     * @param limit 1 or more
     */
    public AuditPage list(AuditFilter filter, Optional<EventId> cursor, int limit) {
        String from = filter.from().map(EventTime::lowestId).orElse("");
        String to = filter.to().map(EventTime::lowestId).orElse(ABOVE_ALL);
        String before =
                cursor.map(EventId::value).filter(id -> id.compareTo(to) < 0).orElse(to);
        return database.read(sql -> {
            List<StoredEvent> rows = store.newestFirst(sql, filter, from, before, limit + 1);
            boolean more = rows.size() > limit;
            List<StoredEvent> shown = more ? rows.subList(0, limit) : rows;
            return new AuditPage(
                    readable(sql, shown),
                    more ? Optional.of(new EventId(shown.getLast().id())) : Optional.empty());
        });
    }

    /** How many events of each kind there were since then, in the order of the catalogue; kinds without any are left out. */
    public Map<EventType, Long> counts(Sql sql, TenantId tenant, Instant since) {
        Map<EventType, Long> counts = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            long count = store.count(sql, tenant, type.eventName(), EventTime.lowestId(since));
            if (count > 0) {
                counts.put(type, count);
            }
        }
        return counts;
    }

    /** How many events of all tenants there are. */
    public long count() {
        return database.read(store::count);
    }

    /** Events of all tenants, oldest first, for exports: at most {@code limit} after {@code after} ("" for the first). */
    List<AuditRecord> oldestFirst(String after, int limit) {
        return database.read(sql -> readable(sql, store.oldestFirst(sql, after, limit)));
    }

    private List<AuditRecord> readable(Sql sql, List<StoredEvent> rows) {
        // Most pages are about few users, and a user's own history about one.
        PersonalDataSealer personal = new PersonalDataSealer(sealer, salts.remembered());
        return rows.stream().map(row -> readable(sql, personal, row)).toList();
    }

    private static AuditRecord readable(Sql sql, PersonalDataSealer personal, StoredEvent row) {
        try {
            Optional<PersonalData> data = personal.open(sql, row);
            return record(row, data.isPresent() ? AuditRecord.READABLE : AuditRecord.ERASED, data);
        } catch (SealBrokenException altered) {
            return record(row, AuditRecord.BROKEN, Optional.empty());
        }
    }

    private static AuditRecord record(StoredEvent row, String state, Optional<PersonalData> data) {
        Optional<EventType> type = EventType.of(row.name());
        return new AuditRecord(
                row.id(),
                row.tenant(),
                row.name(),
                type.map(EventType::action).orElse(row.name()),
                type.map(EventType::owaspName).filter(name -> !name.isEmpty()),
                Instant.ofEpochMilli(row.at()),
                row.outcome(),
                row.user(),
                row.actorKind(),
                row.actorId(),
                row.requestId(),
                state,
                data.map(PersonalData::ip).filter(ip -> !ip.isEmpty()),
                data.map(PersonalData::userAgent).filter(agent -> !agent.isEmpty()),
                data.map(PersonalData::details).orElse(Map.of()),
                row.block().isPresent() ? Optional.of(row.block().getAsLong()) : Optional.empty());
    }
}
