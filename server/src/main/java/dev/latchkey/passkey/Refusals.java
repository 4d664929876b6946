package dev.latchkey.passkey;

import com.webauthn4j.verifier.exception.BadAaguidException;
import com.webauthn4j.verifier.exception.BadAlgorithmException;
import com.webauthn4j.verifier.exception.BadAttestationStatementException;
import com.webauthn4j.verifier.exception.BadBackupEligibleFlagException;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.CertificateException;
import com.webauthn4j.verifier.exception.CredentialIdTooLongException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.IllegalBackupStateException;
import com.webauthn4j.verifier.exception.InconsistentClientDataTypeException;
import com.webauthn4j.verifier.exception.KeyDescriptionValidationException;
import com.webauthn4j.verifier.exception.MissingChallengeException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.NotAllowedCredentialIdException;
import com.webauthn4j.verifier.exception.PublicKeyMismatchException;
import com.webauthn4j.verifier.exception.SelfAttestationProhibitedException;
import com.webauthn4j.verifier.exception.TrustAnchorNotFoundException;
import com.webauthn4j.verifier.exception.UnexpectedExtensionException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import java.util.Map;
import java.util.function.Supplier;

/** The library's exceptions in our words. */
final class Refusals {
    private static final Map<Class<?>, PasskeyRefusal> BY_EXCEPTION = Map.ofEntries(
            Map.entry(InconsistentClientDataTypeException.class, PasskeyRefusal.TYPE),
            Map.entry(BadChallengeException.class, PasskeyRefusal.CHALLENGE),
            Map.entry(MissingChallengeException.class, PasskeyRefusal.CHALLENGE),
            Map.entry(BadOriginException.class, PasskeyRefusal.ORIGIN),
            Map.entry(CrossOriginException.class, PasskeyRefusal.CROSS_ORIGIN),
            Map.entry(BadTopOriginException.class, PasskeyRefusal.CROSS_ORIGIN),
            Map.entry(BadRpIdException.class, PasskeyRefusal.RP_ID),
            Map.entry(UserNotPresentException.class, PasskeyRefusal.USER_PRESENCE),
            Map.entry(UserNotVerifiedException.class, PasskeyRefusal.USER_VERIFICATION),
            Map.entry(IllegalBackupStateException.class, PasskeyRefusal.BACKUP_STATE),
            Map.entry(BadBackupEligibleFlagException.class, PasskeyRefusal.BACKUP_ELIGIBILITY),
            Map.entry(NotAllowedAlgorithmException.class, PasskeyRefusal.ALGORITHM),
            Map.entry(BadAlgorithmException.class, PasskeyRefusal.ATTESTATION_STATEMENT),
            Map.entry(BadAttestationStatementException.class, PasskeyRefusal.ATTESTATION_STATEMENT),
            Map.entry(KeyDescriptionValidationException.class, PasskeyRefusal.ATTESTATION_STATEMENT),
            Map.entry(PublicKeyMismatchException.class, PasskeyRefusal.ATTESTATION_STATEMENT),
            Map.entry(BadAaguidException.class, PasskeyRefusal.ATTESTATION_STATEMENT),
            Map.entry(CertificateException.class, PasskeyRefusal.ATTESTATION_UNTRUSTED),
            Map.entry(TrustAnchorNotFoundException.class, PasskeyRefusal.ATTESTATION_UNTRUSTED),
            Map.entry(SelfAttestationProhibitedException.class, PasskeyRefusal.ATTESTATION_UNTRUSTED),
            Map.entry(CredentialIdTooLongException.class, PasskeyRefusal.CREDENTIAL_ID),
            Map.entry(NotAllowedCredentialIdException.class, PasskeyRefusal.CREDENTIAL_ID),
            Map.entry(UnexpectedExtensionException.class, PasskeyRefusal.EXTENSIONS),
            Map.entry(BadSignatureException.class, PasskeyRefusal.SIGNATURE));

    private Refusals() {}

    /**
     * Runs a step of the library. What it throws beyond its own exceptions is the work of hostile bytes too.
     */
    static <T> T translated(Supplier<T> step) {
        try {
            return step.get();
        } catch (CeremonyRefused refused) {
            throw refused;
        } catch (RuntimeException | StackOverflowError failed) {
            throw new CeremonyRefused(BY_EXCEPTION.getOrDefault(failed.getClass(), PasskeyRefusal.MALFORMED));
        }
    }
}
