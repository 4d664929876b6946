package dev.latchkey.jose;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** The algorithms we sign with. All are asymmetric; {@code none} and the HMAC family do not exist here (RFC 8725 section 3.1). */
public enum SignatureAlgorithm {
    /** ECDSA on P-256 with SHA-256: small and fast, the default. */
    ES256("ES256", "EC", "SHA256withECDSAinP1363Format"),
    /** RSASSA-PKCS1-v1_5 with SHA-256, for clients that know nothing else. */
    RS256("RS256", "RSA", "SHA256withRSA"),
    /** RSASSA-PSS with SHA-256. */
    PS256("PS256", "RSA", "RSASSA-PSS"),
    /** Ed25519. */
    EDDSA("EdDSA", "Ed25519", "Ed25519");

    static final int MIN_RSA_BITS = 2048;
    private static final int EC_SIGNATURE_BYTES = 64;
    private static final int ED25519_SIGNATURE_BYTES = 64;

    private final String joseName;
    private final String keyAlgorithm;
    private final String signatureName;

    SignatureAlgorithm(String joseName, String keyAlgorithm, String signatureName) {
        this.joseName = joseName;
        this.keyAlgorithm = keyAlgorithm;
        this.signatureName = signatureName;
    }

    /** The value of {@code alg} (RFC 7518 section 3.1, RFC 8037 section 3.1). */
    public String joseName() {
        return joseName;
    }

    /** The algorithm that is written {@code joseName}, if it is one of ours; exact, case and all. */
    public static Optional<SignatureAlgorithm> named(String joseName) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.joseName.equals(joseName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** A new random key pair: P-256, RSA of 2048 bits, or Ed25519. */
    public KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
            switch (this) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case RS256, PS256 -> generator.initialize(MIN_RSA_BITS);
                case EDDSA -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has the algorithms of JWS", e);
        }
    }

    /** Whether {@code key} is of the kind, curve and size this algorithm takes; an RSA key under 2048 bits is not. */
    public boolean takes(PublicKey key) {
        return switch (this) {
            case ES256 -> key instanceof ECPublicKey ec && isP256(ec.getParams());
            case RS256, PS256 ->
                key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS;
            case EDDSA ->
                key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
        };
    }

    /** The name of the key algorithm for {@link java.security.KeyFactory}. */
    public String keyAlgorithm() {
        return keyAlgorithm;
    }

    String signatureName() {
        return signatureName;
    }

    /** Whether a signature may be this long; what is not needs no arithmetic. */
    boolean fits(byte[] signature, PublicKey key) {
        return switch (this) {
            case ES256 -> signature.length == EC_SIGNATURE_BYTES;
            case EDDSA -> signature.length == ED25519_SIGNATURE_BYTES;
            case RS256, PS256 ->
                key instanceof RSAPublicKey rsa
                        && signature.length == (rsa.getModulus().bitLength() + 7) / Byte.SIZE;
        };
    }

    void configure(Signature signature) throws InvalidAlgorithmParameterException {
        if (this == PS256) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
    }

    static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has P-256", e);
        }
    }

    private static boolean isP256(ECParameterSpec parameters) {
        ECParameterSpec expected = p256();
        return parameters.getCurve().equals(expected.getCurve())
                && parameters.getGenerator().equals(expected.getGenerator())
                && parameters.getOrder().equals(expected.getOrder());
    }
}
