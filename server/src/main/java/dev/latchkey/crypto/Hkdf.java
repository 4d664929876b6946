package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** Derives keys of 256 bits with HKDF-SHA-256 (RFC 5869). The label keeps keys for different purposes apart. */
final class Hkdf {
    static final int KEY_BYTES = 32;

    private Hkdf() {}

    static byte[] derive(byte[] secret, String label) {
        return derive(secret, new byte[0], label);
    }

    static byte[] derive(byte[] secret, byte[] salt, String label) {
        byte[] info = label.getBytes(StandardCharsets.UTF_8);
        HKDFParameterSpec parameters =
                HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info, KEY_BYTES);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM from 25 on has HKDF-SHA256", e);
        }
    }
}
