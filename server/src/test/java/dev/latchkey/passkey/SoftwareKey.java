package dev.latchkey.passkey;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An authenticator's key pair, made by the JDK, that signs and writes itself as a COSE key (RFC 9053). */
final class SoftwareKey {
    private final KeyPair pair;
    private final String signature;
    private final int algorithm;

    private SoftwareKey(KeyPair pair, String signature, int algorithm) {
        this.pair = pair;
        this.signature = signature;
        this.algorithm = algorithm;
    }

    static SoftwareKey of(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> elliptic("secp256r1", "SHA256withECDSA", algorithm);
            case ES384 -> elliptic("secp384r1", "SHA384withECDSA", algorithm);
            case ES512 -> elliptic("secp521r1", "SHA512withECDSA", algorithm);
            case EDDSA -> generate("Ed25519", "Ed25519", algorithm);
            case ED448 -> generate("Ed448", "Ed448", algorithm);
            case RS256 -> rsa(2048);
        };
    }

    /** Of a pair for ES256 that is there already. */
    static SoftwareKey of(KeyPair pair) {
        return new SoftwareKey(pair, "SHA256withECDSA", KeyAlgorithm.ES256.cose());
    }

    static SoftwareKey rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new SoftwareKey(generator.generateKeyPair(), "SHA256withRSA", KeyAlgorithm.RS256.cose());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int algorithm() {
        return algorithm;
    }

    byte[] sign(byte[]... parts) {
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(pair.getPrivate());
            for (byte[] part : parts) {
                signer.update(part);
            }
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param named the algorithm that the key claims to be for */
    Map<Object, Object> cose(int named) {
        Map<Object, Object> key = new LinkedHashMap<>();
        switch (pair.getPublic()) {
            case ECPublicKey ec -> {
                int size = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
                key.put(1, 2);
                key.put(3, named);
                key.put(-1, size == 32 ? 1 : size == 48 ? 2 : 3);
                key.put(-2, fixed(ec.getW().getAffineX(), size));
                key.put(-3, fixed(ec.getW().getAffineY(), size));
            }
            case RSAPublicKey rsa -> {
                key.put(1, 3);
                key.put(3, named);
                key.put(-1, fixed(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8));
                key.put(-2, fixed(rsa.getPublicExponent(), 3));
            }
            case EdECPublicKey edwards -> {
                byte[] encoded = edwards.getEncoded();
                int size = algorithm == KeyAlgorithm.EDDSA.cose() ? 32 : 57;
                key.put(1, 1);
                key.put(3, named);
                key.put(-1, size == 32 ? 6 : 7);
                key.put(-2, Arrays.copyOfRange(encoded, encoded.length - size, encoded.length));
            }
            default -> throw new IllegalStateException("no such key");
        }
        return key;
    }

    private static SoftwareKey elliptic(String curve, String signature, KeyAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new SoftwareKey(generator.generateKeyPair(), signature, algorithm.cose());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SoftwareKey generate(String name, String signature, KeyAlgorithm algorithm) {
        try {
            return new SoftwareKey(KeyPairGenerator.getInstance(name).generateKeyPair(), signature, algorithm.cose());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[size];
        int length = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, size - length, length);
        return fixed;
    }
}
