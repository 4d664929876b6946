package dev.latchkey.crypto;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A private key as a PEM file holds it: PKCS#8 (RFC 5958), PKCS#8 under a passphrase (PBES2, RFC 8018), or the older forms of
 * RSA (RFC 8017 appendix A.1.2) and EC keys (RFC 5915) without one.
 */
public final class PrivateKeyPem {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");
    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String RSA = "RSA PRIVATE KEY";
    private static final String EC = "EC PRIVATE KEY";

    private PrivateKeyPem() {}

    /**
     * The first private key in {@code text}; other blocks, such as certificates, are passed over.
     *
     * @param passphrase asked for by an encrypted key only
     * @throws IllegalArgumentException with a sentence for the operator, never with anything of the key
     */
    public static PrivateKey read(String text, Optional<String> passphrase) {
        for (String label : List.of(PLAIN, ENCRYPTED, RSA, EC)) {
            int start = text.indexOf("-----BEGIN " + label + "-----");
            if (start >= 0) {
                return key(label, block(text, label, start), passphrase);
            }
        }
        throw new IllegalArgumentException("holds no private key: a line -----BEGIN PRIVATE KEY----- is missing");
    }

    private static PrivateKey key(String label, byte[] der, Optional<String> passphrase) {
        try {
            return switch (label) {
                case RSA -> plain(Pkcs8.ofRsa(der));
                case EC -> plain(Pkcs8.ofEc(der));
                case ENCRYPTED -> plain(decrypted(der, passphrase));
                default -> plain(der);
            };
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private static byte[] block(String text, String label, int start) {
        int from = start + ("-----BEGIN " + label + "-----").length();
        int to = text.indexOf("-----END " + label + "-----", from);
        if (to < 0) {
            throw new IllegalArgumentException("is cut off: the line -----END " + label + "----- is missing");
        }
        String body = text.substring(from, to);
        if (body.contains("DEK-Info")) {
            throw new IllegalArgumentException("is encrypted in an old form; convert it with: openssl pkcs8 -topk8 -v2"
                    + " aes-256-cbc -in OLD.pem -out NEW.pem");
        }
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("is damaged: between its lines BEGIN and END is no Base64", notBase64);
        }
    }

    private static PrivateKey plain(byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                // The next algorithm may know it.
            } catch (GeneralSecurityException absent) {
                throw new IllegalStateException("every Java has " + algorithm, absent);
            }
        }
        throw new IllegalArgumentException("holds no key that can be used; RSA, EC and Ed25519 keys can");
    }

    private static byte[] decrypted(byte[] der, Optional<String> passphrase) {
        String words = passphrase.orElseThrow(
                () -> new IllegalArgumentException("is encrypted and its passphrase is not configured"));
        PBEKeySpec asked = new PBEKeySpec(words.toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            // Of PBES2 only the parameters know the cipher, and tell it by their text alone.
            String cipherName = parameters == null || !info.getAlgName().startsWith("PBES2")
                    ? info.getAlgName()
                    : parameters.toString();
            SecretKey secret = SecretKeyFactory.getInstance(cipherName).generateSecret(asked);
            Cipher cipher = Cipher.getInstance(cipherName);
            cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failed) {
            throw new IllegalArgumentException(
                    "cannot be decrypted: the passphrase is wrong, or its encryption is not PBES2 with AES (openssl pkcs8"
                            + " -topk8 -v2 aes-256-cbc makes it so)",
                    failed);
        } finally {
            asked.clearPassword();
        }
    }
}
