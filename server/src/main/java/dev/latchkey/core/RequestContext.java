package dev.latchkey.core;

import java.util.Locale;
import java.util.Optional;

/**
 * The circumstances of one request, passed as a parameter to whoever audits or limits.
 *
 * @param requestId echoed as {@code X-Request-Id}
 * @param address the client's address, after trusted proxies
 * @param userAgent as sent, without control characters, at most 512 characters; may be empty
 * @param device the secret of a browser that completed a login before, where its cookie came along
 * @param locale the best language for this client
 */
public record RequestContext(
        String requestId,
        TenantId tenant,
        ClientAddress address,
        String userAgent,
        Optional<String> device,
        Locale locale) {
    @Override
    public String toString() {
        return "RequestContext[" + requestId + "]";
    }
}
