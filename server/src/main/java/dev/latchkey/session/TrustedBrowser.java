package dev.latchkey.session;

import java.time.Instant;

/**
 * A browser that passes for its user's second factor.
 *
 * @param id names it to its user; nothing can be done with it but to forget it
 * @param device a guess at browser and system
 * @param lastSeen the last login from it, to the day
 * @param current whether it is the one that looks
 */
public record TrustedBrowser(
        String id, String device, Instant since, Instant lastSeen, Instant until, boolean current) {}
