package dev.latchkey.passkey;

/** What an authentication is for, which decides whether the authenticator must verify its user. */
public enum PasskeyUse {
    /** The only proof: user verification is required, so it counts as two factors. */
    PASSWORDLESS,
    /** Beside another proof, or to prove again who is signed in: possession is enough. */
    SECOND_FACTOR
}
