package dev.latchkey.password;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An imported hash of Firebase Authentication: scrypt gives a key, and what is stored is the project's signer key encrypted with
 * it. {@code $firebase-scrypt$ln=14,r=8$salt$separator$signer key$hash}, where ln is the project's mem_cost and r its rounds.
 */
record FirebaseHash(ScryptHash key, byte[] signerKey, byte[] encrypted) implements StoredHash {
    private static final int KEY_BYTES = 32;
    private static final int DERIVED_BYTES = 64;
    private static final int BLOCK_BYTES = 16;

    FirebaseHash {
        StoredHash.bound("signer key", signerKey.length, LEAST_DIGEST_BYTES, MOST_DIGEST_BYTES);
        StoredHash.bound("hash", encrypted.length, signerKey.length, signerKey.length);
    }

    static FirebaseHash parse(String text) {
        String[] fields = HashText.fields(text, 7);
        Map<String, Integer> cost = HashText.numbers(fields[2]);
        byte[] salt = HashText.bytes(fields[3]);
        byte[] separator = HashText.bytes(fields[4]);
        byte[] salted = ByteBuffer.allocate(salt.length + separator.length)
                .put(salt)
                .put(separator)
                .array();
        ScryptHash key = new ScryptHash(
                HashText.number(cost, "ln"), HashText.number(cost, "r"), 1, salted, new byte[DERIVED_BYTES]);
        return new FirebaseHash(key, HashText.bytes(fields[5]), HashText.bytes(fields[6]));
    }

    @Override
    public boolean matches(byte[] password, Argon2Function argon2) {
        byte[] derived = key.derived(password);
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
                    new IvParameterSpec(new byte[BLOCK_BYTES]));
            return MessageDigest.isEqual(encrypted, cipher.doFinal(signerKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES", e);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }
}
