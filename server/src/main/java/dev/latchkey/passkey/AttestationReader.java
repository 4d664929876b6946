package dev.latchkey.passkey;

import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What authenticators say about themselves (WebAuthn section 6.5): always verified, whoever vouches for it. */
final class AttestationReader {
    private static final String NONE = "none";
    private static final Set<String> FORMATS = Set.of(NONE, "packed", "tpm", "android-key", "apple", "fido-u2f");

    private final ObjectConverter converter;

    AttestationReader(ObjectConverter converter) {
        this.converter = converter;
    }

    WebAuthnRegistrationManager registrations() {
        return new WebAuthnRegistrationManager(
                List.of(
                        new NoneAttestationStatementVerifier(),
                        new PackedAttestationStatementVerifier(),
                        new TPMAttestationStatementVerifier(),
                        new AndroidKeyAttestationStatementVerifier(),
                        new AppleAnonymousAttestationStatementVerifier(),
                        new FIDOU2FAttestationStatementVerifier()),
                new NullCertPathTrustworthinessVerifier(),
                new DefaultSelfAttestationTrustworthinessVerifier(),
                List.of(),
                converter);
    }

    /**
     * The statement's format, once the parts are there that every format has.
     */
    String format(byte[] attestationObject) {
        JsonNode parts = Refusals.translated(() -> converter.getCborMapper().readTree(attestationObject));
        boolean complete = parts.path("fmt").isString()
                && parts.path("attStmt").isObject()
                && parts.path("authData").isBinary();
        CeremonyRefused.unless(complete, PasskeyRefusal.MALFORMED);
        String format = parts.path("fmt").stringValue();
        CeremonyRefused.unless(FORMATS.contains(format), PasskeyRefusal.ATTESTATION_FORMAT);
        CeremonyRefused.unless(
                !format.equals(NONE) || parts.path("attStmt").isEmpty(), PasskeyRefusal.ATTESTATION_STATEMENT);
        byte[] authenticatorData = parts.path("authData").binaryValue();
        CeremonyRefused.unless(AnswerBytes.hasAttestedData(authenticatorData), PasskeyRefusal.ATTESTED_DATA);
        return format;
    }

    /** What the verified statement is worth. */
    Attestation level(AttestationObject attestation) {
        if (!(attestation.getAttestationStatement() instanceof CertificateBaseAttestationStatement certified)) {
            return Attestation.NONE;
        }
        return certified.getX5c() == null ? Attestation.SELF : Attestation.UNCHECKED;
    }
}
