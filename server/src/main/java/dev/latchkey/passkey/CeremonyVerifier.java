package dev.latchkey.passkey;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what browsers answer (WebAuthn sections 7.1 and 7.2), by the library. Made with the first answer: it is costly to
 * load. What the library leaves to its callers is checked here: frames, key sizes, the model, the credential's id.
 */
final class CeremonyVerifier {
    private static final int SHORTEST_RSA = 2_048;

    private final PasskeyConfig config;
    private final AttestationReader attestations;
    private final ModelTrust trust;
    private final WebAuthnRegistrationManager registrations;
    private final WebAuthnAuthenticationManager authentications;
    private final ObjectConverter converter;
    private final List<PublicKeyCredentialParameters> algorithms;

    CeremonyVerifier(PasskeyConfig config, Metadata metadata, Clock clock) {
        this.config = config;
        this.trust = new ModelTrust(metadata, clock);
        this.converter = AttestationReader.converter();
        this.attestations = new AttestationReader(converter);
        this.registrations = attestations.registrations(trust);
        this.authentications = new WebAuthnAuthenticationManager(List.of(), converter);
        // The signature counter is compared where its use is recorded: here two copies at once would both pass.
        this.authentications.getAuthenticationDataVerifier().setMaliciousCounterValueHandler(behind -> {});
        this.algorithms = config.algorithms().stream()
                .map(algorithm -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm.cose())))
                .toList();
    }

    NewPasskey verify(Ceremony.Registration ceremony, RegistrationResponse answer) {
        byte[] id = AnswerBytes.credentialId(answer.id(), answer.rawId(), answer.type());
        byte[] clientData = Base64UrlText.decode(answer.response().clientDataJSON());
        byte[] attestation = Base64UrlText.decode(answer.response().attestationObject());
        String format = attestations.format(attestation);
        RegistrationData read =
                Refusals.translated(() -> registrations.parse(new RegistrationRequest(attestation, clientData)));
        RegistrationData data = AttestationReader.withSignedModel(read, present(read.getAttestationObject()));
        refuseFrames(present(data.getCollectedClientData()));
        AttestationObject object = present(data.getAttestationObject());
        AttestedCredentialData credential =
                present(object.getAuthenticatorData().getAttestedCredentialData());
        requireStrong(credential.getCOSEKey());
        boolean verifiedUser = config.userVerification() == Preference.REQUIRED;
        RegistrationParameters parameters =
                new RegistrationParameters(property(ceremony), algorithms, verifiedUser, true);
        Refusals.translated(() -> registrations.verify(data, parameters));
        CeremonyRefused.unless(Arrays.equals(id, credential.getCredentialId()), PasskeyRefusal.CREDENTIAL_ID);
        Aaguid model = new Aaguid(credential.getAaguid().toString());
        boolean listed = !config.allowedModels().isEmpty();
        CeremonyRefused.unless(!listed || config.allowedModels().contains(model), PasskeyRefusal.AUTHENTICATOR_MODEL);
        Attestation attested = Refusals.translated(() -> trust.judge(object, clientData, listed));
        return passkey(ceremony, answer, object.getAuthenticatorData(), credential, attested, format);
    }

    VerifiedPasskey verify(Ceremony.Authentication ceremony, StoredPasskey stored, AuthenticationResponse answer) {
        byte[] id = AnswerBytes.credentialId(answer.id(), answer.rawId(), answer.type());
        byte[] clientData = Base64UrlText.decode(answer.response().clientDataJSON());
        byte[] authenticator = Base64UrlText.decode(answer.response().authenticatorData());
        byte[] signature = Base64UrlText.decode(answer.response().signature());
        CeremonyRefused.unless(!AnswerBytes.hasAttestedData(authenticator), PasskeyRefusal.ATTESTED_DATA);
        AuthenticationData data = Refusals.translated(
                () -> authentications.parse(new AuthenticationRequest(id, authenticator, clientData, signature)));
        refuseFrames(present(data.getCollectedClientData()));
        boolean verifiedUser =
                ceremony.use() == PasskeyUse.PASSWORDLESS || config.userVerification() == Preference.REQUIRED;
        AuthenticationParameters parameters =
                new AuthenticationParameters(property(ceremony), record(stored, id), List.of(id), verifiedUser, true);
        Refusals.translated(() -> authentications.verify(data, parameters));
        AuthenticatorData<?> said = present(data.getAuthenticatorData());
        return new VerifiedPasskey(
                stored.passkey().user(), stored.passkey().id(), said.getSignCount(), said.isFlagUV(), said.isFlagBS());
    }

    private ServerProperty property(Ceremony ceremony) {
        return ServerProperty.builder()
                .originPredicate(origin -> config.allowsOrigin(origin.toString()))
                .topOrigins(Set.of())
                .rpId(config.rpId())
                .challenge(new DefaultChallenge(ceremony.challenge()))
                .build();
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new CeremonyRefused(PasskeyRefusal.MALFORMED);
        }
        return part;
    }

    private static void requireStrong(COSEKey key) {
        if (Refusals.translated(key::getPublicKey) instanceof RSAPublicKey rsa) {
            CeremonyRefused.unless(rsa.getModulus().bitLength() >= SHORTEST_RSA, PasskeyRefusal.WEAK_KEY);
        }
    }

    private static void refuseFrames(CollectedClientData client) {
        boolean framed = Boolean.TRUE.equals(client.getCrossOrigin()) || client.getTopOrigin() != null;
        CeremonyRefused.unless(!framed, PasskeyRefusal.CROSS_ORIGIN);
    }

    private NewPasskey passkey(
            Ceremony.Registration ceremony,
            RegistrationResponse answer,
            AuthenticatorData<?> said,
            AttestedCredentialData credential,
            Attestation attested,
            String format) {
        return new NewPasskey(
                ceremony.tenant(),
                ceremony.user(),
                ceremony.userHandle(),
                Base64UrlText.encode(credential.getCredentialId()),
                config.rpId(),
                Refusals.translated(() -> converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())),
                Math.toIntExact(present(credential.getCOSEKey().getAlgorithm()).getValue()),
                said.getSignCount(),
                said.isFlagUV(),
                said.isFlagBE(),
                said.isFlagBS(),
                BrowserHints.discoverable(answer),
                BrowserHints.attachment(answer),
                BrowserHints.transports(answer),
                new Aaguid(credential.getAaguid().toString()),
                trust.name(credential.getAaguid()),
                attested,
                format);
    }

    private CredentialRecordImpl record(StoredPasskey stored, byte[] id) {
        Passkey passkey = stored.passkey();
        AAGUID model = new AAGUID(passkey.aaguid().value());
        COSEKey key = converter.getCborMapper().readValue(stored.publicKey(), COSEKey.class);
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                passkey.userVerified(),
                passkey.backupEligible(),
                passkey.backedUp(),
                passkey.signCount(),
                new AttestedCredentialData(model, id, key),
                null,
                null,
                null,
                null);
    }
}
