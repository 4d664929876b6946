package dev.latchkey.limit;

import java.time.Duration;

/**
 * What a limit says to one call.
 *
 * @param limit calls per window
 * @param remaining calls left in this window, 0 where the call is refused
 * @param reset until the window ends; never negative
 */
public record LimitDecision(boolean allowed, int limit, int remaining, Duration reset) {}
