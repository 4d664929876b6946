package dev.latchkey.account;

/** Whether an address must be proved before the account can be used. */
public enum VerificationMode {
    /** Sign-up signs in at once; a taken address is told (409). */
    OPTIONAL,
    /** Sign-up answers the same for free and taken addresses; nobody signs in unverified. */
    REQUIRED
}
