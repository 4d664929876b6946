package dev.latchkey.outbox;

import dev.latchkey.crypto.Secrets;
import java.time.Duration;

/** How long to wait after a failed try: 10 s, twice as long each time up to an hour, a fifth more or less by chance. */
final class Backoff {
    /** About a day in all. */
    static final int MAX_TRIES = 30;

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 9;
    private static final double SPREAD = 0.2;

    private final Secrets secrets;

    Backoff(Secrets secrets) {
        this.secrets = secrets;
    }

    /** @param tries failed so far, from 1 */
    Duration after(int tries) {
        long doubled = FIRST.toMillis() << Math.min(tries - 1, DOUBLINGS);
        long plain = Math.min(doubled, LONGEST.toMillis());
        // Spread, so that what failed together does not come back together.
        return Duration.ofMillis(Math.round(plain * (1 + SPREAD * chance())));
    }

    /** From -1 to 1. */
    private double chance() {
        byte[] two = secrets.bytes(2);
        int value = (two[0] & 0xFF) << 8 | (two[1] & 0xFF);
        return value / 32767.5 - 1;
    }
}
