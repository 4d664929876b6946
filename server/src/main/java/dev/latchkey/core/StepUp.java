package dev.latchkey.core;

import java.time.Clock;
import java.time.Duration;

/**
 * What counts as a recent login.
 *
 * @param within how long after a login its proof counts as recent
 */
public record StepUp(Duration within, Clock clock) {
    /** @throws Problem REAUTHENTICATION_REQUIRED */
    public void require(Principal.SignedIn user) {
        if (user.authentication().at().plus(within).isBefore(clock.instant())) {
            throw Problem.of(ErrorCode.REAUTHENTICATION_REQUIRED);
        }
    }
}
