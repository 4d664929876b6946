package dev.latchkey.passkey;

import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered passkey, without its key.
 *
 * @param credentialId the authenticator's name for it, base64url
 * @param rpId the domain it was made for; it works nowhere else
 * @param signCount the highest signature counter seen; 0 for authenticators that do not count
 * @param userVerified whether the authenticator ever verified its user
 * @param backupEligible whether it may be synchronised to other devices
 * @param backedUp whether it was, when last used
 * @param discoverable whether it can be found without a user name; empty where the browser did not say
 * @param attachment {@code platform} or {@code cross-platform} as the browser said
 * @param transports as the browser named them, such as {@code internal}, {@code hybrid}, {@code usb}
 * @param aaguid the authenticator's model, all zeros where it does not say
 * @param attestation what vouches for the model
 * @param cloneSuspectedAt when its counter did not grow; refused since
 */
public record Passkey(
        PasskeyId id,
        UserId user,
        String credentialId,
        String rpId,
        int algorithm,
        long signCount,
        boolean userVerified,
        boolean backupEligible,
        boolean backedUp,
        Optional<Boolean> discoverable,
        Optional<String> attachment,
        List<String> transports,
        Aaguid aaguid,
        Attestation attestation,
        String attestationFormat,
        String name,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> cloneSuspectedAt) {
    /** Characters that a name has at most. */
    public static final int MAX_NAME = 60;

    public Passkey {
        transports = List.copyOf(transports);
    }

    /** Whether it can sign in only on the device that made it. */
    public boolean deviceBound() {
        return !backupEligible;
    }
}
