package dev.latchkey.audit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Optional;

/** A checkpoint key that lives in the test. */
final class TestKey implements CheckpointSigner, CheckpointKeys {
    private final String id;
    private final KeyPair pair;

    TestKey(String id) {
        this.id = id;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Signature sign(byte[] content) {
        try {
            java.security.Signature signer = java.security.Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(content);
            return new Signature(id, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Verdict check(String key, byte[] content, byte[] signature) {
        if (!key.equals(id)) {
            return Verdict.UNKNOWN_KEY;
        }
        try {
            java.security.Signature verifier = java.security.Signature.getInstance("Ed25519");
            verifier.initVerify(pair.getPublic());
            verifier.update(content);
            return verifier.verify(signature) ? Verdict.GENUINE : Verdict.FORGED;
        } catch (GeneralSecurityException notASignature) {
            return Verdict.FORGED;
        }
    }

    @Override
    public Optional<String> publicJwk(String key) {
        return key.equals(id) ? Optional.of("{\"kid\":\"" + id + "\"}") : Optional.empty();
    }
}
