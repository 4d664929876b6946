package dev.latchkey.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A browser that its user is known by.
 *
 * @param device a guess at browser and system
 * @param userAgent as the browser called itself at its first login
 * @param since the first login from it
 * @param lastSeen the last login from it, to the day
 * @param trustedUntil until when it was promised to pass for the second factor, where it does
 */
public record KnownBrowser(
        String device, String userAgent, Instant since, Instant lastSeen, Optional<Instant> trustedUntil) {}
