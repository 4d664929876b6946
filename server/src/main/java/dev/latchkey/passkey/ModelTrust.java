package dev.latchkey.passkey;

import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.AndroidKeyAttestationStatement;
import com.webauthn4j.data.attestation.statement.AttestationStatement;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.data.attestation.statement.FIDOU2FAttestationStatement;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether somebody we trust vouches for a model: the roots that the metadata names for it, where it names any. */
final class ModelTrust implements CertPathTrustworthinessVerifier {
    private final Metadata metadata;
    private final Clock clock;

    ModelTrust(Metadata metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    /** A statement with certificates must lead to the model's roots; where none are known nobody can say. */
    @Override
    public void verify(AAGUID model, CertificateBaseAttestationStatement statement, Instant timestamp) {
        Set<X509Certificate> roots =
                entry(model, statement).map(MetadataBlob.Entry::roots).orElse(Set.of());
        List<X509Certificate> chain = statement.getX5c() == null ? List.of() : List.copyOf(statement.getX5c());
        CeremonyRefused.unless(
                roots.isEmpty() || CertificateChain.leadsTo(roots, chain, clock.instant()),
                PasskeyRefusal.ATTESTATION_UNTRUSTED);
    }

    /**
     * What a statement is worth that was verified and about which {@link #verify} had its say.
     *
     * @param listed whether only some models may be registered: where there is metadata a claim is then not enough
     * @throws CeremonyRefused for a model that is known to be broken, or of which nobody can say whether it is
     */
    Attestation judge(AttestationObject object, byte[] clientData, boolean listed) {
        Optional<MetadataBlob.Entry> entry = entry(model(object), object.getAttestationStatement());
        Attestation attestation = level(
                object.getAttestationStatement(),
                clientData,
                entry.filter(it -> !it.roots().isEmpty()).isPresent());
        if (metadata.isConfigured()) {
            CeremonyRefused.unless(metadata.entries().isPresent(), PasskeyRefusal.NO_METADATA);
            boolean broken = entry.map(it -> it.model().compromised()).orElse(false);
            CeremonyRefused.unless(!broken, PasskeyRefusal.MODEL_COMPROMISED);
            CeremonyRefused.unless(!listed || attestation == Attestation.TRUSTED, PasskeyRefusal.ATTESTATION_UNTRUSTED);
        }
        return attestation;
    }

    /** What the metadata calls the model. */
    Optional<String> name(AAGUID model) {
        return metadata.entry(model.toString())
                .map(entry -> entry.model().name())
                .filter(name -> !name.isEmpty());
    }

    private static Attestation level(AttestationStatement statement, byte[] clientData, boolean rooted) {
        if (!(statement instanceof CertificateBaseAttestationStatement certified)) {
            return Attestation.NONE;
        }
        if (certified.getX5c() == null) {
            return Attestation.SELF;
        }
        boolean full = !(statement instanceof AndroidKeyAttestationStatement android)
                || AndroidKeyVerifier.isFull(android, clientData);
        return full && rooted ? Attestation.TRUSTED : Attestation.UNCHECKED;
    }

    private static AAGUID model(AttestationObject object) {
        AttestedCredentialData credential = object.getAuthenticatorData().getAttestedCredentialData();
        return credential == null ? AAGUID.ZERO : credential.getAaguid();
    }

    /** U2F knows no models: there the key of the certificate tells. */
    private Optional<MetadataBlob.Entry> entry(AAGUID model, AttestationStatement statement) {
        return statement instanceof FIDOU2FAttestationStatement u2f
                ? keyIdentifier(u2f).flatMap(metadata::entry)
                : metadata.entry(model.toString());
    }

    private static Optional<String> keyIdentifier(FIDOU2FAttestationStatement statement) {
        return statement.getX5c().stream()
                .findFirst()
                .map(DefaultCertPathTrustworthinessVerifier::extractSubjectKeyIdentifier)
                .map(HexFormat.of()::formatHex);
    }
}
