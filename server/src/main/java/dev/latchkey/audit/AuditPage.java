package dev.latchkey.audit;

import dev.latchkey.core.EventId;
import java.util.List;
import java.util.Optional;

/**
 * Events, newest first.
 *
 * @param next reads on below the last one; empty on the last page
 */
public record AuditPage(List<AuditRecord> events, Optional<EventId> next) {
    public AuditPage {
        events = List.copyOf(events);
    }
}
