package dev.latchkey.audit;

import java.util.Optional;

/**
 * The public keys of {@link CheckpointSigner}, those of retired keys too, for as long as blocks signed by them are kept. Bound
 * to the feature that owns keys.
 */
public interface CheckpointKeys {
    /** What a look at a signature found. */
    enum Verdict {
        GENUINE,
        FORGED,
        UNKNOWN_KEY
    }

    Verdict check(String key, byte[] content, byte[] signature);

    /** The public key as a JWK (RFC 7517), so that a checkpoint kept elsewhere can be checked without this server. */
    Optional<String> publicJwk(String key);
}
