package dev.latchkey.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An authenticator with its browser, in software: answers any ceremony, and any part of the answer can be made wrong. Copying it
 * with {@link #copy} is what an attacker does who cloned the key.
 */
public final class SoftwareAuthenticator {
    static final int UP = 0x01;
    static final int UV = 0x04;
    static final int BE = 0x08;
    static final int BS = 0x10;
    static final int AT = 0x40;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SoftwareKey key;
    private final byte[] credentialId;
    private final String origin;
    private byte[] userHandle = new byte[0];
    private int counter;
    private int flags = UP | UV;
    private String aaguid = "00000000-0000-0000-0000-000000000000";
    private String format = "packed";
    private Optional<Certified> certified = Optional.empty();

    private record Certified(KeyPair key, X509Certificate certificate) {}

    private SoftwareAuthenticator(SoftwareKey key, byte[] credentialId, String origin) {
        this.key = key;
        this.credentialId = credentialId;
        this.origin = origin;
    }

    /** A new one whose browser shows a page of this origin. */
    public static SoftwareAuthenticator at(String origin) {
        return with(SoftwareKey.of(KeyAlgorithm.ES256), origin);
    }

    static SoftwareAuthenticator with(SoftwareKey key, String origin) {
        byte[] id = new byte[32];
        new SecureRandom().nextBytes(id);
        return new SoftwareAuthenticator(key, id, origin);
    }

    public SoftwareAuthenticator copy() {
        SoftwareAuthenticator copy = new SoftwareAuthenticator(key, credentialId, origin);
        copy.userHandle = userHandle;
        copy.counter = counter;
        copy.flags = flags;
        return copy;
    }

    /** Neither PIN nor biometrics. */
    public SoftwareAuthenticator withoutUserVerification() {
        flags &= ~UV;
        return this;
    }

    SoftwareAuthenticator flags(int wanted) {
        flags = wanted;
        return this;
    }

    SoftwareAuthenticator model(String wanted) {
        aaguid = wanted;
        return this;
    }

    /** {@code none} or {@code packed}, which is self attestation. */
    SoftwareAuthenticator format(String wanted) {
        format = wanted;
        return this;
    }

    /** Its maker vouches for it, instead of its own new key. */
    SoftwareAuthenticator certified(KeyPair attestationKey, X509Certificate certificate) {
        certified = Optional.of(new Certified(attestationKey, certificate));
        return this;
    }

    /** Its next answer's counter; 0 stops counting. */
    public SoftwareAuthenticator counter(int next) {
        counter = next;
        return this;
    }

    /** One answer, each part of which may be changed before it is signed. */
    static final class Answer {
        String type;
        String challenge;
        String origin;
        String clientDataRest = ",\"crossOrigin\":false";
        String rpId;
        int flags;
        int counter;
        String aaguid;
        String format;
        Map<Object, Object> statement = Map.of();
        boolean signed = true;
        int algorithm;
        byte[] credentialId;
        byte[] attestedId;
        Optional<byte[]> userHandle;
        byte[] trailing = new byte[0];

        private Answer(SoftwareAuthenticator authenticator, String type, String challenge, String rpId, int flags) {
            this.type = type;
            this.challenge = challenge;
            this.rpId = rpId;
            this.flags = flags;
            this.origin = authenticator.origin;
            this.counter = authenticator.counter;
            this.aaguid = authenticator.aaguid;
            this.format = authenticator.format;
            this.algorithm = authenticator.key.algorithm();
            this.credentialId = authenticator.credentialId;
            this.attestedId = authenticator.credentialId;
            this.userHandle = Optional.of(authenticator.userHandle);
        }

        private byte[] clientData() {
            return ("{\"type\":\"" + type + "\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin + "\""
                            + clientDataRest + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Makes a passkey as the options say. */
    public RegistrationResponse create(CreationOptions options) {
        return create(options, answer -> {});
    }

    RegistrationResponse create(CreationOptions options, Consumer<Answer> change) {
        userHandle = Base64.getUrlDecoder().decode(options.user().id());
        Answer answer =
                answer("webauthn.create", options.challenge(), options.rp().id(), flags | AT);
        change.accept(answer);
        byte[] data = authenticatorData(answer);
        byte[] clientData = answer.clientData();
        Map<Object, Object> attestation = new LinkedHashMap<>();
        attestation.put("fmt", answer.format);
        attestation.put("attStmt", statement(answer, data, clientData));
        attestation.put("authData", data);
        String id = BASE64URL.encodeToString(answer.credentialId);
        return new RegistrationResponse(
                id,
                id,
                "public-key",
                new RegistrationResponse.AttestationPart(
                        BASE64URL.encodeToString(clientData),
                        BASE64URL.encodeToString(Cbor.of(attestation)),
                        Optional.of(List.of("internal", "hybrid"))),
                Optional.of("platform"),
                Optional.of(new RegistrationResponse.ExtensionResults(
                        Optional.of(new RegistrationResponse.CredentialProperties(Optional.of(true))))));
    }

    /** Uses the passkey as the options say. */
    public AuthenticationResponse get(RequestOptions options) {
        return get(options, answer -> {});
    }

    AuthenticationResponse get(RequestOptions options, Consumer<Answer> change) {
        Answer answer = answer("webauthn.get", options.challenge(), options.rpId(), flags);
        change.accept(answer);
        byte[] data = authenticatorData(answer);
        byte[] clientData = answer.clientData();
        byte[] signature = key.sign(data, sha256(clientData));
        if (!answer.signed) {
            signature[signature.length - 1] ^= 1;
        }
        String id = BASE64URL.encodeToString(answer.credentialId);
        return new AuthenticationResponse(
                id,
                id,
                "public-key",
                new AuthenticationResponse.AssertionPart(
                        BASE64URL.encodeToString(clientData),
                        BASE64URL.encodeToString(data),
                        BASE64URL.encodeToString(signature),
                        answer.userHandle.map(BASE64URL::encodeToString)));
    }

    private Answer answer(String type, String challenge, String rpId, int bits) {
        if (counter > 0) {
            counter++;
        }
        return new Answer(this, type, challenge, rpId, bits);
    }

    private Map<Object, Object> statement(Answer answer, byte[] data, byte[] clientData) {
        if (!answer.statement.isEmpty() || !answer.format.equals("packed")) {
            return answer.statement;
        }
        byte[] hash = sha256(clientData);
        byte[] signature = certified
                .map(maker -> SoftwareKey.of(maker.key()).sign(data, hash))
                .orElseGet(() -> key.sign(data, hash));
        if (!answer.signed) {
            signature[signature.length - 1] ^= 1;
        }
        Map<Object, Object> packed = new LinkedHashMap<>();
        packed.put("alg", certified.isPresent() ? Integer.valueOf(KeyAlgorithm.ES256.cose()) : answer.algorithm);
        packed.put("sig", signature);
        certified.ifPresent(maker -> packed.put("x5c", List.of(encoded(maker.certificate()))));
        return packed;
    }

    private byte[] authenticatorData(Answer answer) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(sha256(answer.rpId.getBytes(StandardCharsets.UTF_8)));
        data.write(answer.flags);
        data.writeBytes(ByteBuffer.allocate(4).putInt(answer.counter).array());
        if (answer.type.equals("webauthn.create") || (answer.flags & AT) != 0) {
            data.writeBytes(HexFormat.of().parseHex(answer.aaguid.replace("-", "")));
            data.write(answer.attestedId.length >> 8);
            data.write(answer.attestedId.length);
            data.writeBytes(answer.attestedId);
            data.writeBytes(Cbor.of(key.cose(answer.algorithm)));
        }
        data.writeBytes(answer.trailing);
        return data.toByteArray();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
