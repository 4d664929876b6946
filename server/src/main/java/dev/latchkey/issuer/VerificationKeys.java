package dev.latchkey.issuer;

import dev.latchkey.jose.VerificationKey;
import java.util.Optional;

/** The keys whose tokens are accepted now. */
@FunctionalInterface
public interface VerificationKeys {
    /** Empty also for a key that was cut off or whose last token has expired. */
    Optional<VerificationKey> find(String kid);
}
