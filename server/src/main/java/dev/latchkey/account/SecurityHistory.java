package dev.latchkey.account;

import dev.latchkey.audit.AuditFilter;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditReader;
import dev.latchkey.audit.AuditRecord;
import dev.latchkey.audit.EventType;
import dev.latchkey.core.EventId;
import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;
import dev.latchkey.session.DeviceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person's own security events, as far as they are about what somebody did. */
public final class SecurityHistory {
    /** Refreshes happen by themselves, many a day; of so many pages of them one answer looks through. */
    private static final int MOST_READS = 20;

    /**
     * One event.
     *
     * @param name in the catalogue, such as {@code login.succeeded.v1}
     * @param action such as {@code LOGIN}
     * @param outcome {@code success} or {@code failure}
     * @param by {@code user} for the person, {@code anonymous} for somebody who proved nothing, {@code administrator}, {@code server}
     * @param at ISO 8601 in UTC
     * @param ip where it came from; not where an administrator works
     * @param device a guess at browser and system
     */
    public record Entry(
            String id,
            String name,
            String action,
            String outcome,
            String by,
            String at,
            Optional<String> ip,
            Optional<String> device) {}

    /** @param next reads on below the last one; empty on the last page */
    public record Page(List<Entry> entries, Optional<EventId> next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    private final AuditReader reader;

    public SecurityHistory(AuditReader reader) {
        this.reader = reader;
    }

    /**
     * Newest first.
     *
     * @param cursor the {@link Page#next} of the page before
     * @param limit 1 or more
     */
    public Page page(Principal.SignedIn principal, Optional<EventId> cursor, int limit, RequestContext context) {
        AuditFilter filter = AuditFilter.everything(context.tenant()).of(principal.user());
        List<Entry> entries = new ArrayList<>();
        Optional<EventId> from = cursor;
        for (int read = 0; read < MOST_READS; read++) {
            AuditPage page = reader.list(filter, from, limit - entries.size());
            page.events().stream()
                    .filter(SecurityHistory::isTold)
                    .map(event -> entry(event, principal))
                    .forEach(entries::add);
            from = page.next();
            if (from.isEmpty() || entries.size() >= limit) {
                break;
            }
        }
        return new Page(entries, from);
    }

    private static boolean isTold(AuditRecord event) {
        return !event.name().equals(EventType.TOKEN_REFRESHED.eventName());
    }

    private static Entry entry(AuditRecord event, Principal.SignedIn principal) {
        String by = by(event, principal);
        boolean shown = by.equals("user") || by.equals("anonymous");
        return new Entry(
                event.id(),
                event.name(),
                event.action(),
                event.outcome(),
                by,
                event.at().toString(),
                event.ip().filter(ip -> shown),
                event.userAgent().filter(agent -> shown).map(DeviceName::of));
    }

    private static String by(AuditRecord event, Principal.SignedIn principal) {
        return switch (event.actorKind()) {
            case "user" ->
                event.actorId().filter(principal.user().value()::equals).isPresent() ? "user" : "administrator";
            case "operator" -> "administrator";
            default -> event.actorKind();
        };
    }
}
