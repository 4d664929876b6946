package dev.latchkey.totp;

/** What became of a setup's first code. Nothing but {@link Enrolled} changed anything. */
public sealed interface EnrolOutcome {
    /** The device works from now on; the code that enrolled it is spent. */
    record Enrolled(TotpDevice device) implements EnrolOutcome {}

    /** None was begun, or it was completed already. */
    record NoPendingSetup() implements EnrolOutcome {}

    /** Its ten minutes are over. */
    record SetupExpired() implements EnrolOutcome {}

    /** The setup goes on waiting. */
    record WrongCode() implements EnrolOutcome {}

    /** The user has as many devices as {@code mfa.totp.max-devices} allows. */
    record TooManyDevices(int most) implements EnrolOutcome {}
}
