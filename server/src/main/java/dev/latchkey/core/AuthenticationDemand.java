package dev.latchkey.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks of a user's proof: how old it may be ({@code max_age}) and of how many factors ({@code acr}); OpenID Connect
 * Core 1.0 section 3.1.2.1, RFC 9470.
 *
 * @param maxAge since the last proof; empty for any
 * @param twoFactors whether more than one factor must have been proved
 */
public record AuthenticationDemand(Optional<Duration> maxAge, boolean twoFactors) {
    /** {@code acr} of a session that proved more than one factor. */
    public static final String TWO_FACTORS = "2";

    /** Proved within this time, by whatever. */
    public static AuthenticationDemand within(Duration maxAge) {
        return new AuthenticationDemand(Optional.of(maxAge), false);
    }

    /** Proved with more than one factor, whenever. */
    public static AuthenticationDemand ofTwoFactors() {
        return new AuthenticationDemand(Optional.empty(), true);
    }

    public AuthenticationDemand andTwoFactors() {
        return new AuthenticationDemand(maxAge, true);
    }

    /** What of it this proof does not meet, as fields {@code auth_time} and {@code acr}; empty where it meets all. */
    public List<FieldError> unmet(Authentication authentication, Instant now) {
        List<FieldError> unmet = new ArrayList<>();
        maxAge.filter(age -> authentication.at().plus(age).isBefore(now))
                .ifPresent(age -> unmet.add(new FieldError(
                        "auth_time",
                        "too_old",
                        "Prove again who you are: it must not be longer ago than " + text(age) + ".")));
        if (twoFactors && !authentication.multipleFactors()) {
            unmet.add(new FieldError("acr", TWO_FACTORS, "Prove it with a second factor of yours."));
        }
        return List.copyOf(unmet);
    }

    /** @throws Problem REAUTHENTICATION_REQUIRED, with what is missing as its details */
    public void require(Authentication authentication, Clock clock) {
        List<FieldError> unmet = unmet(authentication, clock.instant());
        if (!unmet.isEmpty()) {
            throw Problem.of(ErrorCode.REAUTHENTICATION_REQUIRED).details(unmet);
        }
    }

    private static String text(Duration age) {
        return age.toSeconds() % 60 == 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
