package dev.latchkey.passkey;

/** Whether a verified passkey was stored. */
public sealed interface RegistrationOutcome {
    record Registered(Passkey passkey) implements RegistrationOutcome {}

    /** @param refusal {@code ALREADY_REGISTERED} or {@code TOO_MANY} */
    record Refused(PasskeyRefusal refusal) implements RegistrationOutcome {}
}
