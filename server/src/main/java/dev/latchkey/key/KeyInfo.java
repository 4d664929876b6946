package dev.latchkey.key;

import dev.latchkey.jose.SignatureAlgorithm;
import java.time.Instant;
import java.util.Optional;

/**
 * What may be shown of a key.
 *
 * @param activatesAt when it signs or began to
 * @param retiredAt when it stopped signing
 * @param verifyUntil when nothing it signed can be valid any more
 */
public record KeyInfo(
        String kid,
        KeyUse use,
        SignatureAlgorithm algorithm,
        KeyState state,
        Instant createdAt,
        Instant activatesAt,
        Optional<Instant> retiredAt,
        Optional<Instant> verifyUntil) {}
