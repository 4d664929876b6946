package dev.latchkey.boot.doctor;

import dev.latchkey.password.Argon2Cost;
import dev.latchkey.password.CalibrationService;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Dear for whoever steals the database, bearable for whoever logs in. */
final class PasswordHashing implements Check {
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Duration slow;

    PasswordHashing() {
        this(SLOW);
    }

    /** @param slow what a hash may take at most */
    PasswordHashing(Duration slow) {
        this.slow = slow;
    }

    @Override
    public String name() {
        return "password hashing";
    }

    @Override
    public List<Finding> run(Installation installation) {
        // Whatever is configured is above OWASP's floor, or the configuration would be refused.
        Argon2Cost cost = new CalibrationService(installation.configuration().passwords(), Long.MAX_VALUE).inForce();
        String measured = String.format(
                Locale.ROOT,
                "A hash takes %d ms here with all threads busy: %.0f logins a second",
                cost.busy().toMillis(),
                cost.perSecond());
        if (cost.busy().compareTo(slow) > 0) {
            return warn(measured + ". That is slow; latchkey calibrate finds parameters for this machine.");
        }
        return ok(measured + ". latchkey calibrate finds dearer ones where fewer suffice.");
    }
}
