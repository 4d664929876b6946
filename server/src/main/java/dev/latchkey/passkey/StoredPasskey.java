package dev.latchkey.passkey;

/**
 * A passkey with what verifies it.
 *
 * @param userHandle base64url
 * @param publicKey a COSE key
 */
record StoredPasskey(Passkey passkey, String userHandle, byte[] publicKey) {}
