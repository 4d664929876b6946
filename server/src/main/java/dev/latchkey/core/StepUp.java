package dev.latchkey.core;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What counts as a recent login.
 *
 * @param within how long after a login its proof counts as recent
 */
public record StepUp(Duration within, Clock clock) {
    /** @throws Problem REAUTHENTICATION_REQUIRED */
    public void require(Principal.SignedIn user) {
        AuthenticationDemand.within(within).require(user.authentication(), clock);
    }

    /**
     * Two factors, the last of them within the usual time.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED
     */
    public void requireTwoFactors(Authentication proved) {
        AuthenticationDemand.within(within).andTwoFactors().require(proved, clock);
    }

    /**
     * As the demand says; where it names no time, within the usual one.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED
     */
    public void require(Principal.SignedIn user, AuthenticationDemand demand) {
        new AuthenticationDemand(Optional.of(demand.maxAge().orElse(within)), demand.twoFactors())
                .require(user.authentication(), clock);
    }
}
