package dev.latchkey.jose;

import java.security.PublicKey;

/** A public key with the one algorithm that signatures under it may have (RFC 8725 section 3.1). Thread-safe. */
public final class VerificationKey {
    private final String kid;
    private final SignatureAlgorithm algorithm;
    private final PublicKey original;
    private final SignatureProvider provider;
    private volatile Adopted adopted;

    private record Adopted(SignatureEngine engine, PublicKey key) {}

    /** @throws IllegalArgumentException when the algorithm does not take such a key */
    public VerificationKey(String kid, SignatureAlgorithm algorithm, PublicKey key, SignatureProvider provider) {
        if (!algorithm.takes(key)) {
            throw new IllegalArgumentException(algorithm + " does not take this " + key.getAlgorithm() + " key");
        }
        this.kid = kid;
        this.algorithm = algorithm;
        this.original = key;
        this.provider = provider;
        this.adopted = new Adopted(SignatureEngine.JDK, key);
    }

    public String kid() {
        return kid;
    }

    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    public PublicKey publicKey() {
        return original;
    }

    /** Whether {@code signature} is this key's over {@code input}. */
    public boolean verifies(byte[] input, byte[] signature) {
        if (!algorithm.fits(signature, original)) {
            return false;
        }
        SignatureEngine engine = provider.engine();
        Adopted mine = adopted;
        if (mine.engine != engine) {
            mine = new Adopted(engine, engine.adopt(algorithm, original, PublicKey.class));
            adopted = mine;
        }
        return engine.verify(algorithm, mine.key, input, signature);
    }

    @Override
    public String toString() {
        return "VerificationKey[" + kid + "]";
    }
}
