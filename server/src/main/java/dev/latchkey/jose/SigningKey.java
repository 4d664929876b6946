package dev.latchkey.jose;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A private key with the one algorithm it may be used with. Thread-safe; never prints its content. */
public final class SigningKey {
    private final String kid;
    private final SignatureAlgorithm algorithm;
    private final PrivateKey original;
    private final SignatureProvider provider;
    private volatile Adopted adopted;

    private volatile @Nullable Header lastHeader;

    /** @param idle what was made for this key and is not signing now; as many as ever signed at once, so about one a processor */
    private record Adopted(SignatureEngine engine, PrivateKey key, Queue<Signature> idle) {
        Adopted(SignatureEngine engine, PrivateKey key) {
            this(engine, key, new ConcurrentLinkedQueue<>());
        }
    }

    private record Header(String type, String text) {}

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
        try {
            @Nullable Signature kept = mine.idle.poll();
            Signature signer = kept == null ? engine.signer(algorithm, mine.key) : kept;
            byte[] signature = SignatureEngine.sign(signer, input);
            mine.idle.add(signer);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with " + algorithm + " of " + engine.name() + " failed", e);
        }
    }

    /** What a token of this type, signed with this key, begins with, in base64url. The last one is kept, for most are alike. */
    String header(String type) {
        Header header = lastHeader;
        if (header == null || !header.type.equals(type)) {
            // Our own names and a base64url thumbprint: nothing that JSON would escape.
            String json = "{\"alg\":\"" + algorithm.joseName() + "\",\"typ\":\"" + type + "\",\"kid\":\"" + kid + "\"}";
            header = new Header(type, Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII)));
            lastHeader = header;
        }
        return header.text;
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
