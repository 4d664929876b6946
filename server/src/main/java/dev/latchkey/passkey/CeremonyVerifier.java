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
import dev.latchkey.core.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what browsers answer (WebAuthn sections 7.1 and 7.2), by the library. Made with the first answer: it is costly to
 * load. What the library leaves to its callers is checked here: frames, key sizes, the model, the credential's id.
 */
final class CeremonyVerifier {
    private static final System.Logger LOG = System.getLogger(CeremonyVerifier.class.getName());
    private static final int SHORTEST_RSA = 2_048;
    private static final String BASE_POINT = "a5010203262001"
            + "2158206b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

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

    /**
     * Reads an answer that says nothing, so that what reads answers is loaded by the time a real one comes. The key is the base
     * point of P-256 (RFC 9053 section 7.1.1 form).
     */
    void rehearse() {
        try {
            String challenge = "A".repeat(43);
            Ceremony.Authentication ceremony = new Ceremony.Authentication(
                    TenantId.MAIN, Optional.empty(), PasskeyUse.SECOND_FACTOR, challenge, "");
            byte[] clientData = ("{\"type\":\"webauthn.get\",\"challenge\":\"" + challenge + "\",\"origin\":\"https://"
                            + config.rpId() + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] id = new byte[16];
            COSEKey key = converter.getCborMapper().readValue(HexFormat.of().parseHex(BASE_POINT), COSEKey.class);
            CredentialRecordImpl credential = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    true,
                    false,
                    false,
                    0,
                    new AttestedCredentialData(AAGUID.ZERO, id, key),
                    null,
                    null,
                    null,
                    null);
            AuthenticationData data =
                    authentications.parse(new AuthenticationRequest(id, new byte[37], clientData, new byte[64]));
            authentications.verify(
                    data, new AuthenticationParameters(property(ceremony), credential, List.of(id), false, true));
        } catch (RuntimeException expected) {
            // It proves nothing, so it is refused, and loading is all it was for.
            LOG.log(System.Logger.Level.DEBUG, "what reads passkeys is loaded");
        }
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
