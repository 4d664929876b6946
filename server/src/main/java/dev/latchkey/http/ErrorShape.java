package dev.latchkey.http;

/** How a group of routes writes its refusals, also for 401, 404, 405, 413 and 429. */
public enum ErrorShape {
    /** {@code {"success":false,"error":{"code","message","details"},"message","meta"}}. */
    NATIVE,
    /** An HTML page with a way forward. */
    PAGE,
    /** {@code {"error","error_description"}}, RFC 6749 section 5.2. */
    OAUTH,
    /** One line of text, for probes and scrapers. */
    PLAIN
}
