package dev.latchkey.jose;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/** Computes signatures with one JCA provider, named explicitly; empty is the JDK's own choice. */
final class SignatureEngine {
    static final SignatureEngine JDK = new SignatureEngine(Optional.empty());

    private final Optional<Provider> provider;

    SignatureEngine(Optional<Provider> provider) {
        this.provider = provider;
    }

    String name() {
        return provider.map(Provider::getName).orElse("JDK");
    }

    byte[] sign(SignatureAlgorithm algorithm, PrivateKey key, byte[] input) {
        try {
            return sign(signer(algorithm, key), input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with " + algorithm + " of " + name() + " failed", e);
        }
    }

    /** What signs with this key, again and again, for one thread at a time; of no more use once {@link #sign} has thrown. */
    Signature signer(SignatureAlgorithm algorithm, PrivateKey key) throws GeneralSecurityException {
        Signature signature = signature(algorithm);
        signature.initSign(key);
        return signature;
    }

    static byte[] sign(Signature signer, byte[] input) throws SignatureException {
        signer.update(input);
        return signer.sign();
    }

    boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] input, byte[] bytes) {
        try {
            Signature signature = signature(algorithm);
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(bytes);
        } catch (SignatureException notEvenShapedLikeOne) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("verifying with " + algorithm + " of " + name() + " failed", e);
        }
    }

    /** The same key as an object of this provider, so that it is not translated again for every signature. */
    <K extends Key> K adopt(SignatureAlgorithm algorithm, K key, Class<K> kind) {
        if (provider.isEmpty()) {
            return key;
        }
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm.keyAlgorithm(), provider.get());
            return kind.cast(factory.translateKey(key));
        } catch (NoSuchAlgorithmException | InvalidKeyException takesForeignKeysOnly) {
            return key;
        }
    }

    private Signature signature(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        Signature signature = provider.isPresent()
                ? Signature.getInstance(algorithm.signatureName(), provider.get())
                : Signature.getInstance(algorithm.signatureName());
        algorithm.configure(signature);
        return signature;
    }
}
