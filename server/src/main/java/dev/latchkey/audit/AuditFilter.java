package dev.latchkey.audit;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which events to list. Empty parts do not narrow.
 *
 * @param name exactly as in the catalogue, such as {@code login.failed.v1}
 * @param from the earliest time
 * @param to the first time that is too late
 */
public record AuditFilter(
        TenantId tenant, Optional<UserId> user, Optional<String> name, Optional<Instant> from, Optional<Instant> to) {
    public static AuditFilter everything(TenantId tenant) {
        return new AuditFilter(tenant, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public AuditFilter of(UserId who) {
        return new AuditFilter(tenant, Optional.of(who), name, from, to);
    }
}
