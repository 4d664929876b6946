package dev.latchkey.passkey;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.util.List;
import java.util.Optional;

/**
 * A passkey whose registration was verified and that is not stored yet. Only {@link PasskeyService#verifyRegistration} makes one.
 *
 * @param userHandle base64url
 * @param publicKey a COSE key (RFC 9052)
 * @param modelName as the metadata has it
 */
public record NewPasskey(
        TenantId tenant,
        UserId user,
        String userHandle,
        String credentialId,
        String rpId,
        byte[] publicKey,
        int algorithm,
        long signCount,
        boolean userVerified,
        boolean backupEligible,
        boolean backedUp,
        Optional<Boolean> discoverable,
        Optional<String> attachment,
        List<String> transports,
        Aaguid aaguid,
        Optional<String> modelName,
        Attestation attestation,
        String attestationFormat) {}
