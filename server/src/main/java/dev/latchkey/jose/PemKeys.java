package dev.latchkey.jose;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * Reads a key from PEM text (RFC 7468): a private key in PKCS#8 (RFC 5958), plain or encrypted with PBES2 (RFC 8018 section 6.2),
 * or a public key (SubjectPublicKeyInfo or certificate).
 */
public final class PemKeys {
    private static final int MOST_CHARACTERS = 64 * 1024;
    /** Openssl takes 2 048, careful people a million; more only burns time. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String CONVERT = "Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW-FILE";

    private record Block(String label, byte[] der) {}

    private PemKeys() {}

    /** Whether reading {@code pem} will ask for a passphrase. */
    public static boolean isEncrypted(String pem) {
        return pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    /** Whether {@code pem} holds a private key that anyone who reads the text has. */
    public static boolean isPlainPrivate(String pem) {
        return pem.contains("-----BEGIN PRIVATE KEY-----");
    }

    /**
     * The key in {@code pem}, checked.
     *
     * @param passphrase asked for only where the key is encrypted; overwritten afterwards
     * @throws KeyFormatException when there is no key, or one that cannot be used
     */
    public static BroughtKey read(String pem, Supplier<char[]> passphrase) {
        List<Block> blocks = blocks(pem);
        Optional<PrivateKey> secret = Optional.empty();
        Optional<PublicKey> shown = Optional.empty();
        for (Block block : blocks) {
            switch (block.label()) {
                case "PRIVATE KEY" -> secret = once(secret, privateKey(block.der()));
                case "ENCRYPTED PRIVATE KEY" -> secret = once(secret, decrypted(block.der(), passphrase.get()));
                case "PUBLIC KEY" -> shown = once(shown, publicKey(block.der()));
                case "CERTIFICATE" -> shown = shown.isPresent() ? shown : Optional.of(certified(block.der()));
                default ->
                    throw new KeyFormatException(
                            "The file holds \"" + block.label() + "\", which is not PKCS#8. " + CONVERT);
            }
        }
        if (secret.isEmpty() && shown.isEmpty()) {
            throw new KeyFormatException(
                    "The file holds no key in PEM form, which begins with -----BEGIN PRIVATE KEY-----.");
        }
        Optional<PrivateKey> found = secret;
        PublicKey verifies = shown.orElseGet(() -> PublicHalf.of(found.orElseThrow()));
        return BroughtKey.of(verifies, secret);
    }

    private static List<Block> blocks(String pem) {
        if (pem.length() > MOST_CHARACTERS) {
            throw new KeyFormatException("The file is larger than any key. Give a PEM file with one key.");
        }
        List<Block> blocks = new ArrayList<>();
        BLOCK.matcher(pem).results().forEach(match -> {
            // OpenSSL writes the curve's name before the key.
            if (match.group(1).equals("EC PARAMETERS")) {
                return;
            }
            try {
                blocks.add(new Block(match.group(1), Base64.getMimeDecoder().decode(match.group(2))));
            } catch (IllegalArgumentException damaged) {
                throw new KeyFormatException("The file is damaged: a block is not Base64.");
            }
        });
        return blocks;
    }

    private static <T> Optional<T> once(Optional<T> before, T found) {
        if (before.isPresent()) {
            throw new KeyFormatException("The file holds more than one key. Give a file with one.");
        }
        return Optional.of(found);
    }

    private static PrivateKey privateKey(byte[] der) {
        return KEY_ALGORITHMS.stream()
                .flatMap(algorithm -> asPrivate(algorithm, der).stream())
                .findFirst()
                .orElseThrow(() -> unknownKind("private"));
    }

    private static Optional<PrivateKey> asPrivate(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    private static PublicKey publicKey(byte[] der) {
        return KEY_ALGORITHMS.stream()
                .flatMap(algorithm -> asPublic(algorithm, der).stream())
                .findFirst()
                .orElseThrow(() -> unknownKind("public"));
    }

    private static Optional<PublicKey> asPublic(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    private static KeyFormatException unknownKind(String half) {
        return new KeyFormatException(
                "The " + half + " key is damaged or of a kind that cannot be used; EC (P-256), RSA and Ed25519 can.");
    }

    private static PublicKey certified(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException damaged) {
            throw new KeyFormatException("The certificate in the file is damaged.");
        }
    }

    private static PrivateKey decrypted(byte[] der, char[] passphrase) {
        PBEKeySpec typed = new PBEKeySpec(passphrase);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            // The JDK names a PBES2 scheme by its parts, and only the parameters print that name.
            String scheme = String.valueOf(info.getAlgParameters());
            if (!scheme.startsWith("PBEWithHmacSHA")) {
                throw new KeyFormatException(
                        "The key is encrypted in another way than PBES2 with PBKDF2 and AES. " + CONVERT);
            }
            int iterations = info.getAlgParameters()
                    .getParameterSpec(PBEParameterSpec.class)
                    .getIterationCount();
            if (iterations > MOST_ITERATIONS) {
                throw new KeyFormatException(
                        "The key asks for " + iterations + " rounds of PBKDF2, more than anybody uses.");
            }
            SecretKey key = SecretKeyFactory.getInstance(scheme).generateSecret(typed);
            return privateKey(info.getKeySpec(key).getEncoded());
        } catch (InvalidKeyException wrong) {
            throw new KeyFormatException("The passphrase is wrong, or the file is damaged.");
        } catch (IOException | GeneralSecurityException unknown) {
            throw new KeyFormatException("The encrypted key cannot be read. " + CONVERT);
        } finally {
            typed.clearPassword();
            Arrays.fill(passphrase, ' ');
        }
    }
}
