package dev.latchkey.passkey;

import com.webauthn4j.data.attestation.statement.AndroidKeyAttestationStatement;
import com.webauthn4j.data.attestation.statement.AttestationType;
import com.webauthn4j.verifier.CoreRegistrationObject;
import com.webauthn4j.verifier.attestation.statement.AttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidkey.KeyDescriptionVerifier;
import com.webauthn4j.verifier.exception.KeyDescriptionValidationException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Android key attestation (WebAuthn section 8.4). A key description that says neither where the key was made nor what it is for,
 * as the one among the published test vectors, is taken for what a statement is worth that no root vouches for; wrong values are
 * refused, and only a full one from the device's trusted hardware can be trusted.
 */
final class AndroidKeyVerifier implements AttestationStatementVerifier {
    private static final int CHALLENGE = 4;
    private static final int SOFTWARE = 6;
    private static final int HARDWARE = 7;
    private static final int PURPOSE = 1;
    private static final int ALL_APPLICATIONS = 600;
    private static final int ORIGIN = 702;

    private final AndroidKeyAttestationStatementVerifier full = new AndroidKeyAttestationStatementVerifier();

    @Override
    public boolean supports(CoreRegistrationObject registration) {
        return full.supports(registration);
    }

    @Override
    public AttestationType verify(CoreRegistrationObject registration) {
        try {
            return full.verify(registration);
        } catch (KeyDescriptionValidationException incomplete) {
            requireNothingWrong(registration);
            return AttestationType.NONE;
        }
    }

    /** Whether the key description says all that it must, in the list that hardware enforces. */
    static boolean isFull(AndroidKeyAttestationStatement statement, byte[] clientData) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(clientData);
            new KeyDescriptionVerifier().verify(statement.getX5c().get(0), hash, true);
            return true;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        } catch (RuntimeException incomplete) {
            return false;
        }
    }

    private static void requireNothingWrong(CoreRegistrationObject registration) {
        List<Der> description = description(registration);
        CeremonyRefused.unless(description.size() > HARDWARE, PasskeyRefusal.ATTESTATION_STATEMENT);
        boolean fresh = Arrays.equals(description.get(CHALLENGE).content(), registration.getClientDataHash());
        CeremonyRefused.unless(fresh, PasskeyRefusal.ATTESTATION_STATEMENT);
        List<Der> enforced = new ArrayList<>(description.get(SOFTWARE).children());
        enforced.addAll(description.get(HARDWARE).children());
        boolean right = enforced.stream().allMatch(AndroidKeyVerifier::isRight);
        CeremonyRefused.unless(right, PasskeyRefusal.ATTESTATION_STATEMENT);
    }

    private static List<Der> description(CoreRegistrationObject registration) {
        AndroidKeyAttestationStatement statement = (AndroidKeyAttestationStatement)
                registration.getAttestationObject().getAttestationStatement();
        return Optional.ofNullable(
                        statement.getX5c().get(0).getExtensionValue(KeyDescriptionVerifier.ATTESTATION_EXTENSION_OID))
                .map(extension -> Der.of(Der.of(extension).content()).children())
                .orElseThrow(() -> new CeremonyRefused(PasskeyRefusal.ATTESTATION_STATEMENT));
    }

    /** A key of one application, made in the device, for signing. */
    private static boolean isRight(Der entry) {
        return switch (entry.tag()) {
            case ALL_APPLICATIONS -> false;
            case ORIGIN -> isNumber(Der.of(entry.content()), KeyDescriptionVerifier.KM_ORIGIN_GENERATED);
            case PURPOSE ->
                Der.of(entry.content()).children().stream()
                        .anyMatch(purpose -> isNumber(purpose, KeyDescriptionVerifier.KM_PURPOSE_SIGN));
            default -> true;
        };
    }

    private static boolean isNumber(Der element, int expected) {
        return Arrays.equals(element.content(), new byte[] {(byte) expected});
    }
}
