package dev.latchkey.boot.doctor;

import java.util.List;

/** Against guessing and flooding. */
final class RateLimits implements Check {
    @Override
    public String name() {
        return "rate limits";
    }

    @Override
    public List<Finding> run(Installation installation) {
        if (!installation.configuration().http().limits()) {
            return warn("limits.enabled is false: anyone may guess and flood. It is refused in production.");
        }
        return installation.configuration().human().enabled()
                ? ok("Rate limits are on, and repeated failures ask for a human check.")
                : ok("Rate limits are on.");
    }
}
