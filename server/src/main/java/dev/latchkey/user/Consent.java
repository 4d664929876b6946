package dev.latchkey.user;

import java.time.Instant;

/**
 * One recorded decision; the latest of a kind is in force.
 *
 * @param version of the text that was shown
 * @param ip the address that the decision came from
 */
public record Consent(ConsentKind kind, boolean granted, String version, String ip, Instant recordedAt) {}
