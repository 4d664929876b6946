package dev.latchkey.passkey;

import java.util.Arrays;

/** What a registration or authentication carries, decoded. */
final class AnswerBytes {
    private static final String PUBLIC_KEY = "public-key";
    private static final int FLAGS = 32;
    private static final int HEADER = 37;
    private static final int ATTESTED_DATA = 0x40;

    private AnswerBytes() {}

    /**
     * The credential id of an answer.
     *
     * @throws CeremonyRefused {@code MALFORMED} or {@code CREDENTIAL_ID} where its two spellings differ
     */
    static byte[] credentialId(String id, String rawId, String type) {
        CeremonyRefused.unless(type.equals(PUBLIC_KEY), PasskeyRefusal.MALFORMED);
        byte[] decoded = Base64UrlText.decode(id);
        CeremonyRefused.unless(Arrays.equals(decoded, Base64UrlText.decode(rawId)), PasskeyRefusal.CREDENTIAL_ID);
        return decoded;
    }

    /** Whether authenticator data (WebAuthn section 6.1) says that a new key follows. */
    static boolean hasAttestedData(byte[] authenticatorData) {
        CeremonyRefused.unless(authenticatorData.length >= HEADER, PasskeyRefusal.MALFORMED);
        return (authenticatorData[FLAGS] & ATTESTED_DATA) != 0;
    }
}
