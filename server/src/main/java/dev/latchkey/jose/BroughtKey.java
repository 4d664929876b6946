package dev.latchkey.jose;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A key made elsewhere, checked: of a kind we sign with, and where it has a private half the two belong together.
 *
 * @param algorithms that it can be used with, the usual one first
 */
public record BroughtKey(PublicKey publicKey, Optional<PrivateKey> privateKey, List<SignatureAlgorithm> algorithms) {
    private static final int MOST_RSA_BITS = 8192;
    private static final int LEAST_RSA_EXPONENT_BITS = 17;

    /** @throws KeyFormatException when it cannot be used here, saying why */
    static BroughtKey of(PublicKey publicKey, Optional<PrivateKey> privateKey) {
        BroughtKey key = new BroughtKey(publicKey, privateKey, algorithms(publicKey));
        privateKey.ifPresent(secret -> requirePair(key.algorithms.getFirst(), publicKey, secret));
        return key;
    }

    private static List<SignatureAlgorithm> algorithms(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> {
                if (!SignatureAlgorithm.ES256.takes(ec)) {
                    throw new KeyFormatException(
                            "The key is on another curve than P-256 (prime256v1), the only one that"
                                    + " ES256 signs with. Such a key cannot be imported.");
                }
                yield List.of(SignatureAlgorithm.ES256);
            }
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                if (bits < SignatureAlgorithm.MIN_RSA_BITS || bits > MOST_RSA_BITS) {
                    throw new KeyFormatException("The RSA key has " + bits + " bits; from "
                            + SignatureAlgorithm.MIN_RSA_BITS + " to " + MOST_RSA_BITS + " can be used.");
                }
                if (rsa.getPublicExponent().bitLength() < LEAST_RSA_EXPONENT_BITS
                        || !rsa.getPublicExponent().testBit(0)) {
                    throw new KeyFormatException("The RSA key's public exponent is too small: 65537 or more is safe.");
                }
                yield List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256);
            }
            case EdECPublicKey ed -> {
                if (!SignatureAlgorithm.EDDSA.takes(ed)) {
                    throw new KeyFormatException("The key is on another curve than Ed25519. It cannot be imported.");
                }
                yield List.of(SignatureAlgorithm.EDDSA);
            }
            default ->
                throw new KeyFormatException(
                        "The key is of the kind " + key.getAlgorithm() + "; EC (P-256), RSA and Ed25519 can be used.");
        };
    }

    /** What one signs the other must verify, whatever the file says. */
    private static void requirePair(SignatureAlgorithm algorithm, PublicKey publicKey, PrivateKey privateKey) {
        byte[] input = "latchkey key import".getBytes(StandardCharsets.US_ASCII);
        boolean pair;
        try {
            byte[] signature = SignatureEngine.JDK.sign(algorithm, privateKey, input);
            pair = SignatureEngine.JDK.verify(algorithm, publicKey, input, signature);
        } catch (IllegalStateException unusable) {
            throw new KeyFormatException("Nothing can be signed with the private key: it is damaged.");
        }
        if (!pair) {
            throw new KeyFormatException(
                    "The private key and the public key do not belong together. Give the file of one pair.");
        }
    }

    // A record's own would print the private key where a provider does.
    @Override
    public String toString() {
        return "BroughtKey[" + publicKey.getAlgorithm() + "]";
    }
}
