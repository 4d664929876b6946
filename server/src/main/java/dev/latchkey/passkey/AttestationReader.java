package dev.latchkey.passkey;

import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.FIDOU2FAttestationStatement;
import com.webauthn4j.data.attestation.statement.TPMSAttest;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.module.SimpleModule;

/** What authenticators say about themselves (WebAuthn section 6.5): always verified, whoever vouches for it. */
final class AttestationReader {
    private static final String NONE = "none";
    private static final Set<String> FORMATS = Set.of(NONE, "packed", "tpm", "android-key", "apple", "fido-u2f");

    private final ObjectConverter converter;

    AttestationReader(ObjectConverter converter) {
        this.converter = converter;
    }

    /** The library's converter with our reader of what TPMs certify. */
    static ObjectConverter converter() {
        SimpleModule readers = new SimpleModule("latchkey-passkey");
        readers.addDeserializer(TPMSAttest.class, new TpmCertInfoReader());
        return new ObjectConverter().rebuildWithCBORModule(readers);
    }

    WebAuthnRegistrationManager registrations(ModelTrust trust) {
        return new WebAuthnRegistrationManager(
                List.of(
                        new NoneAttestationStatementVerifier(),
                        new PackedAttestationStatementVerifier(),
                        new TPMAttestationStatementVerifier(),
                        new AndroidKeyVerifier(),
                        new AppleAnonymousAttestationStatementVerifier(),
                        new FIDOU2FAttestationStatementVerifier()),
                trust,
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

    /**
     * The registration as it is to be verified. A U2F statement does not sign the authenticator's model, so what stands there is
     * nobody's word (FIDO U2F has none) and is not taken over.
     */
    static RegistrationData withSignedModel(RegistrationData data, AttestationObject object) {
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> said = object.getAuthenticatorData();
        AttestedCredentialData credential = said.getAttestedCredentialData();
        if (credential == null || !object.getFormat().equals(FIDOU2FAttestationStatement.FORMAT)) {
            return data;
        }
        AttestedCredentialData unnamed =
                new AttestedCredentialData(AAGUID.ZERO, credential.getCredentialId(), credential.getCOSEKey());
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> changed = new AuthenticatorData<>(
                said.getRpIdHash(), said.getFlags(), said.getSignCount(), unnamed, said.getExtensions());
        return new RegistrationData(
                new AttestationObject(changed, object.getAttestationStatement()),
                data.getAttestationObjectBytes(),
                data.getCollectedClientData(),
                data.getCollectedClientDataBytes(),
                data.getClientExtensions(),
                data.getTransports());
    }
}
