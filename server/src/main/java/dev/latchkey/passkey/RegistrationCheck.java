package dev.latchkey.passkey;

/** What became of a browser's answer to a registration. */
public sealed interface RegistrationCheck {
    record Verified(NewPasskey passkey) implements RegistrationCheck {}

    record Refused(PasskeyRefusal refusal) implements RegistrationCheck {}
}
