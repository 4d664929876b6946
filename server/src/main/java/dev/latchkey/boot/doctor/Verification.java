package dev.latchkey.boot.doctor;

import dev.latchkey.account.RegistrationConfig;
import dev.latchkey.account.RegistrationMode;
import java.util.List;

/** Whether strangers can have accounts with addresses that are not theirs. */
final class Verification implements Check {
    @Override
    public String name() {
        return "verification";
    }

    @Override
    public List<Finding> run(Installation installation) {
        RegistrationConfig registration = installation.configuration().registration();
        if (registration.verificationRequired()) {
            return ok("An address must be proved before its account can sign in.");
        }
        boolean closed =
                registration.mode() == RegistrationMode.INVITE_ONLY || registration.mode() == RegistrationMode.CLOSED;
        if (closed) {
            return ok("Nobody can sign up with an address that is not theirs: registration is " + registration.mode()
                    + ".");
        }
        return installation.isProduction()
                ? warn(
                        "Anyone can sign up with any address and use it unproved, and sign-up tells whether an address is taken."
                                + " Set registration.verification to required, unless your application checks emailVerified itself.")
                : ok("An address need not be proved to sign in; production wants registration.verification: required.");
    }
}
