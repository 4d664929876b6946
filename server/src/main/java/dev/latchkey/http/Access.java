package dev.latchkey.http;

import dev.latchkey.core.AuthenticationDemand;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Who may call a route. No route exists without one. */
public sealed interface Access {
    /**
     * Anyone, signed in or not. A credential that is sent is still checked; one that is not valid (any more) counts as none, so
     * that a stale cookie or token never keeps anyone from signing in again.
     */
    record Public() implements Access {}

    /** Any signed-in user. */
    record SignedIn() implements Access {}

    /**
     * A user whose last proof is as the demand says; where that names no time, within the step-up time (15 minutes by default).
     */
    record Recent(AuthenticationDemand demand) implements Access {}

    /** A user with one of these roles, from an address on the administration allow-list. */
    record Role(Set<String> anyOf) implements Access {}

    /** A loopback peer that came without a proxy, in the development profile only. */
    record Development() implements Access {}

    static Access anyone() {
        return new Public();
    }

    static Access signedIn() {
        return new SignedIn();
    }

    static Access recent() {
        return new Recent(new AuthenticationDemand(Optional.empty(), false));
    }

    /** A user who proved who they are no longer ago than this. */
    static Access recent(Duration maxAge) {
        return new Recent(AuthenticationDemand.within(maxAge));
    }

    /** A user who proved two factors, the last of them within the step-up time. */
    static Access twoFactors() {
        return new Recent(AuthenticationDemand.ofTwoFactors());
    }

    static Access role(String... anyOf) {
        return new Role(Set.of(anyOf));
    }

    static Access development() {
        return new Development();
    }
}
