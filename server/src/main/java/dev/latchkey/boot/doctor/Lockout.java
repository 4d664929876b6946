package dev.latchkey.boot.doctor;

import dev.latchkey.lockout.LockoutConfig;
import java.time.Duration;
import java.util.List;

/** How many guesses an account is worth. */
final class Lockout implements Check {
    private static final int MOST = 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "lockout";
    }

    @Override
    public List<Finding> run(Installation installation) {
        LockoutConfig lockout = installation.configuration().lockout();
        if (lockout.threshold() > MOST || lockout.duration().compareTo(SHORTEST) < 0) {
            return warn("An account locks after " + lockout.threshold() + " failures for "
                    + lockout.duration().toSeconds()
                    + " s, which leaves room for guessing. The defaults are 5 failures and 30 minutes (lockout.threshold,"
                    + " lockout.duration).");
        }
        return ok("An account locks after " + lockout.threshold() + " failures for "
                + lockout.duration().toMinutes() + " minutes.");
    }
}
