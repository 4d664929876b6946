package dev.latchkey.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One event as administrators and exports read it.
 *
 * @param name in the catalogue, such as {@code login.succeeded.v1}
 * @param action such as {@code LOGIN}; the name itself where this server does not know it
 * @param owaspName in the OWASP Logging Vocabulary
 * @param outcome {@code success} or {@code failure}
 * @param actorKind {@code user}, {@code server}, {@code anonymous} or {@code operator}
 * @param personal {@code readable}, {@code erased} (with the user's data) or {@code broken} (altered, or its master key is
 *     missing); unless readable, {@code ip} and {@code userAgent} are empty and so are the details
 * @param block the block of the hash chain that covers it; absent in its first seconds
 */
public record AuditRecord(
        String id,
        String tenant,
        String name,
        String action,
        Optional<String> owaspName,
        Instant at,
        String outcome,
        Optional<String> userId,
        String actorKind,
        Optional<String> actorId,
        String requestId,
        String personal,
        Optional<String> ip,
        Optional<String> userAgent,
        Map<String, String> details,
        Optional<Long> block) {
    static final String READABLE = "readable";
    static final String ERASED = "erased";
    static final String BROKEN = "broken";
}
