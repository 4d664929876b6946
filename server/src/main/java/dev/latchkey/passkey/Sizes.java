package dev.latchkey.passkey;

/** The longest values that are looked at, in base64url characters; each generous beside what authenticators send. */
final class Sizes {
    /** 1 023 bytes (WebAuthn section 4, credential id). */
    static final int CREDENTIAL_ID = 1_364;

    static final int CLIENT_DATA = 8_192;
    static final int ATTESTATION = 65_536;
    static final int AUTHENTICATOR_DATA = 8_192;
    static final int SIGNATURE = 4_096;
    /** 64 bytes. */
    static final int USER_HANDLE = 86;

    static final int WORD = 64;
    static final int TRANSPORTS = 10;

    private Sizes() {}
}
