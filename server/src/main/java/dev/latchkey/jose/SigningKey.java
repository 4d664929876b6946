package dev.latchkey.jose;

import java.security.PrivateKey;

/** A private key with the one algorithm it may be used with. Thread-safe; never prints its content. */
public final class SigningKey {
    private final String kid;
    private final SignatureAlgorithm algorithm;
    private final PrivateKey original;
    private final SignatureProvider provider;
    private volatile Adopted adopted;

    private record Adopted(SignatureEngine engine, PrivateKey key) {}

    public SigningKey(String kid, SignatureAlgorithm algorithm, PrivateKey key, SignatureProvider provider) {
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

    /** The signature over {@code input}, in the form JWS wants it. */
    public byte[] sign(byte[] input) {
        SignatureEngine engine = provider.engine();
        Adopted mine = adopted;
        if (mine.engine != engine) {
            mine = new Adopted(engine, engine.adopt(algorithm, original, PrivateKey.class));
            adopted = mine;
        }
        return engine.sign(algorithm, mine.key, input);
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
