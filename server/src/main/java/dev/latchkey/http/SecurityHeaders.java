package dev.latchkey.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;

/** The headers that every answer carries. No inline script or style anywhere; https is demanded only where it is spoken. */
final class SecurityHeaders {
    // The documentation page sets styles from its own script and frames nothing.
    private static final String DOCS_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    private static final String UPGRADE = "; upgrade-insecure-requests";

    private final List<Header> always;
    private final List<Header> uncached;
    private final String docsPolicy;

    /** @param frontEnds origins that a form may lead on to: browsers hold redirects after a form to the policy too */
    SecurityHeaders(boolean https, PageSources others, List<String> frontEnds) {
        List<Header> headers = new ArrayList<>(List.of(
                HeaderValues.createCached(
                        "Content-Security-Policy", policy(others, frontEnds) + (https ? UPGRADE : "")),
                HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
                HeaderValues.createCached("X-Frame-Options", "DENY"),
                HeaderValues.createCached("X-XSS-Protection", "1; mode=block"),
                HeaderValues.createCached("Referrer-Policy", "strict-origin-when-cross-origin"),
                HeaderValues.createCached("Permissions-Policy", "geolocation=(), microphone=(), camera=()")));
        if (https) {
            headers.add(HeaderValues.createCached(
                    "Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"));
        }
        this.always = List.copyOf(headers);
        this.uncached = List.of(
                HeaderValues.createCached("Cache-Control", "no-store, no-cache, must-revalidate, private"),
                HeaderValues.createCached("Pragma", "no-cache"),
                HeaderValues.createCached("Expires", "0"));
        this.docsPolicy = DOCS_POLICY + (https ? UPGRADE : "");
    }

    private static String policy(PageSources others, List<String> frontEnds) {
        return "default-src 'self'; script-src " + sources("'self'", others.scripts()) + "; style-src "
                + sources("'self'", others.styles())
                + "; img-src 'self' data: https:; font-src 'self'; connect-src "
                + sources("'self'", others.connections())
                + "; media-src 'none'; object-src 'none'; frame-src "
                + (others.frames().isEmpty() ? "'none'" : String.join(" ", others.frames()))
                + "; form-action "
                + sources("'self'", frontEnds) + "; frame-ancestors 'none'; base-uri 'none'";
    }

    private static String sources(String own, List<String> others) {
        return others.isEmpty() ? own : own + ' ' + String.join(" ", others);
    }

    List<Header> always() {
        return always;
    }

    /** For every answer that does not say how it may be kept. */
    List<Header> uncached() {
        return uncached;
    }

    String docsPolicy() {
        return docsPolicy;
    }
}
